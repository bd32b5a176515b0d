package dev.lettershop.store.experiment;

import dev.lettershop.store.audience.DueTimes;
import dev.lettershop.store.audience.ExperimentDraw;
import dev.lettershop.store.audience.FreezeRequest;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.experiment.ExperimentState.Answers;
import dev.lettershop.store.experiment.ExperimentState.PlannedLook;
import dev.lettershop.store.experiment.ExperimentState.TakenLook;
import dev.lettershop.store.experiment.ExperimentState.Variant;
import dev.lettershop.store.ledger.Run;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * How the variants of runs compare, and what is decided. A decision and what it means for those who
 * waited for it are one transaction: a process that is killed anywhere leaves it made or not made.
 * Thread-safe; all time is the database's.
 */
public final class Experiments {
  /** Clocks of clusters differ: a look that is due so soon is taken now. */
  private static final String SOON = "interval '30 seconds'";

  private static final String REST =
      """
      with hours as materialized ({4})
      update delivery d set
        state = case when {3} then 'skipped'::delivery_state else d.state end,
        reason = case when {3} then 'noWinner' end,
        variant = case when {3} then null else {2} end,
        next_attempt_at = case when {3} then null else {5} end,
        updated_at = now()
      from (
        select w.profile_id, {1} as draw, p.time_zone
        from delivery w left join profile p on p.id = w.profile_id
        where w.run_id = {0} and w.state = 'planned' and w.next_attempt_at = 'infinity') waited
      left join hours h on h.name = waited.time_zone and h.variant = {6}
      where d.run_id = {0} and d.profile_id = waited.profile_id and d.state = 'planned'
        and d.next_attempt_at = 'infinity'
      """;

  private final Database database;

  public Experiments(Database database) {
    this.database = database;
  }

  /** Empty for a run of which nothing is to be decided. */
  public Optional<ExperimentState> find(Run run) {
    return database.transact(
        "read the experiment of " + run.key(), db -> ExperimentRows.read(db, run.id(), false));
  }

  /** What the people of each group did until now. */
  public List<GroupAnswers> answers(Run run) {
    return database.transact("count answers to " + run.key(), db -> AnswerCounts.of(db, run.id()));
  }

  /**
   * Takes the look that is due, if one is and nothing is decided, and does what follows from it. Of
   * looks that are due together only the last one is taken. When several processes do it at once,
   * one does and the others find it done.
   *
   * @param request what the run's plan asks for: whom chance gives which variant, and when people
   *     want mail
   * @param judge is given the experiment with the look, which comes last, and says what is decided;
   *     empty to go on. Must decide at the last look
   * @return the experiment as it is now; empty for a run of which nothing is to be decided
   */
  public Optional<ExperimentState> look(
      Run run, FreezeRequest request, Function<ExperimentState, Optional<Ruling>> judge) {
    return database.transact(
        "look at the experiment of " + run.key(),
        db -> {
          Optional<ExperimentState> present = ExperimentRows.read(db, run.id(), true);
          Optional<PlannedLook> due = present.flatMap(state -> due(db, state));
          if (due.isEmpty()) {
            return present;
          }
          ExperimentState seen = with(db, run, present.get(), due.get());
          ExperimentRows.write(
              db, run.id(), seen.variants(), seen.taken().get(seen.taken().size() - 1));
          judge
              .apply(seen)
              .ifPresent(
                  ruling -> {
                    ExperimentRows.write(db, run.id(), ruling);
                    release(db, run, request, ruling);
                  });
          return ExperimentRows.read(db, run.id(), false);
        });
  }

  private static Optional<PlannedLook> due(DSLContext db, ExperimentState state) {
    if (state.next().isEmpty()) {
      return Optional.empty();
    }
    OffsetDateTime now = db.fetchSingle("select now() + " + SOON).get(0, OffsetDateTime.class);
    return state.looks().stream()
        .filter(look -> look.number() >= state.next().get().number())
        .filter(look -> !look.at().isAfter(now.toInstant()))
        .reduce((former, latter) -> latter);
  }

  private static ExperimentState with(
      DSLContext db, Run run, ExperimentState state, PlannedLook look) {
    List<GroupAnswers> groups =
        AnswerCounts.of(db, run.id()).stream()
            .filter(group -> !group.heldOut() && group.wave() == 1)
            .toList();
    List<Answers> before =
        state.taken().isEmpty() ? null : state.taken().get(state.taken().size() - 1).answers();
    List<Answers> answers = new ArrayList<>();
    for (Variant variant : state.variants()) {
      Answers now =
          groups.stream()
              .filter(group -> group.group().equals(variant.name()))
              .findFirst()
              .map(group -> answers(state.metric(), group))
              .orElse(new Answers(0, 0, 0, 0));
      answers.add(before == null ? now : atLeast(before.get(answers.size()), now));
    }
    List<TakenLook> taken = new ArrayList<>(state.taken());
    taken.add(new TakenLook(look.number(), look.at(), answers));
    return new ExperimentState(
        state.terms(), state.variants(), state.waiting(), state.looks(), taken, null);
  }

  private static Answers answers(String metric, GroupAnswers group) {
    long answers =
        switch (metric) {
          case "Open" -> group.opened();
          case "Click" -> group.clicked();
          default -> group.converted();
        };
    return new Answers(group.sent(), answers, group.value(), group.squares());
  }

  /** Verdicts may be given anew and people erased; what a look saw stays seen. */
  private static Answers atLeast(Answers before, Answers now) {
    return new Answers(
        Math.max(before.sent(), now.sent()),
        Math.max(before.answers(), now.answers()),
        now.value(),
        now.squares());
  }

  private static void release(DSLContext db, Run run, FreezeRequest request, Ruling ruling) {
    ExperimentDraw draw = new ExperimentDraw(request);
    Field<OffsetDateTime> now =
        DSL.val(
            db.fetchSingle("select now()").get(0, OffsetDateTime.class),
            SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    DueTimes times = new DueTimes(request, now);
    Field<?> variant =
        ruling.rest() == Ruling.Rest.Split
            ? draw.variant()
            : DSL.val(ruling.variant(), SQLDataType.CLOB);
    db.execute(
        REST,
        DSL.val(run.id()),
        draw.of("w.profile_id"),
        variant,
        DSL.inline(ruling.rest() == Ruling.Rest.Nobody),
        times.hours(),
        times.due(variant),
        times.key(variant));
  }
}
