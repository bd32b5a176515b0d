package dev.lettershop.store.experiment;

/**
 * What the people of one group of a run did.
 *
 * @param group name of the variant; empty for a run without variants, and for the hold-out
 * @param heldOut whether these people were left without the mail to compare with
 * @param wave 1 for those whom a decision is made from and for all others of a run that decides
 *     nothing, 2 for those who were mailed because of the decision
 * @param people planned for the group, or held out
 * @param sent mails that went out
 * @param opened people who opened, themselves or by their provider's proxy
 * @param clicked people who clicked
 * @param converted people who did what the goal asks for in its time, counted from the freeze,
 *     whoever gets the credit; of those held out too
 * @param value sum of what that was worth, each person's capped at the 99.9th percentile of all
 * @param squares sum of the squares of the same
 */
public record GroupAnswers(
    String group,
    boolean heldOut,
    int wave,
    long people,
    long sent,
    long opened,
    long clicked,
    long converted,
    double value,
    double squares) {}
