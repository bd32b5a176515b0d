package dev.lettershop.cli.plan;

import dev.lettershop.api.v1alpha1.campaign.Audience;
import dev.lettershop.api.v1alpha1.campaign.CampaignSchedule;
import dev.lettershop.api.v1alpha1.campaign.QuietHours;
import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A plan as somebody would tell it: who gets what, when, and through whom. */
final class PlanText {
  private final PrintWriter out;
  private final Plan plan;
  private final String hash;

  PlanText(PrintWriter out, PlanDocument document) {
    this.out = out;
    this.plan = document.plan();
    this.hash = document.hash();
  }

  /**
   * @param schedule null for a campaign that is only sent by hand
   * @param next its next run; empty when none is due
   * @param people how many the segments hold; empty when nobody asked
   */
  void print(CampaignSchedule schedule, Optional<Instant> next, OptionalLong people) {
    out.println("campaign/" + plan.campaign() + "  " + hash);
    who(people);
    what();
    when(schedule, next);
    through();
    out.flush();
  }

  private void who(OptionalLong people) {
    Audience audience = plan.audience();
    if (plan.trigger() != null) {
      Plan.Trigger trigger = plan.trigger();
      row(
          "Who",
          trigger.event() != null
              ? "whoever an event " + trigger.event() + " happens to"
              : "whoever enters segment/" + trigger.segment());
      optional("", trigger.when() == null ? null : "when " + trigger.when());
      optional(
          "", trigger.unless() == null ? null : "unless " + trigger.unless().event() + " comes");
      row("", "at most " + trigger.atMost() + " in " + trigger.per());
    }
    if (audience != null && !audience.include().isEmpty()) {
      row(plan.trigger() == null ? "Who" : "", "members of " + either(audience.include()));
    }
    if (audience != null && !audience.exclude().isEmpty()) {
      row("", "not members of " + either(audience.exclude()));
    }
    row(
        "",
        plan.isTransactional()
            ? "transactional: without asking for consent"
            : "with consent to " + plan.topic());
    if (plan.holdoutPercent() > 0) {
      row("", plan.holdoutPercent() + " % of them get nothing, for comparison");
    }
    if (people.isPresent()) {
      row(
          "How many",
          String.format(
              Locale.ROOT,
              "%,d people in its segments now, before consent, suppression and caps",
              people.getAsLong()));
    }
    if (plan.maxRecipients() != null) {
      row("", String.format(Locale.ROOT, "refused above %,d recipients", plan.maxRecipients()));
    }
  }

  private void what() {
    row("What", "template/" + plan.template() + ", from " + sender());
    optional("", plan.replyTo() == null ? null : "answers to " + plan.replyTo());
    for (Plan.Variant variant : plan.variants()) {
      row(
          "",
          "variant "
              + variant.name()
              + ": template/"
              + (variant.template() == null ? plan.template() : variant.template())
              + ", weight "
              + variant.weight());
    }
    int number = 0;
    for (ContentRule rule : plan.contentRules()) {
      number++;
      row(
          "",
          number
              + ". "
              + (rule.segment() != null
                  ? "for segment/" + rule.segment()
                  : "when " + rule.when().strip().replaceAll("\\s+", " ")));
      for (Map.Entry<String, String> slot : new TreeMap<>(rule.set()).entrySet()) {
        row("", "   " + slot.getKey() + ": " + slot.getValue().strip().replaceAll("\\s+", " "));
      }
    }
  }

  private void when(CampaignSchedule schedule, Optional<Instant> next) {
    if (plan.trigger() != null) {
      row("When", delay(plan.trigger().delay()));
    } else if (schedule == null) {
      row("When", "by hand only");
    } else if (schedule.at() != null) {
      row("When", "once, at " + schedule.at());
    } else {
      String zone = schedule.timeZone() == null ? "Etc/UTC" : schedule.timeZone();
      row("When", schedule.cron() + " (" + zone + ")");
    }
    next.ifPresent(at -> row("", "next run " + at));
    Plan.Delivery pace = plan.pace();
    optional("", pace.localTime() == null ? null : "at " + pace.localTime() + " of each recipient");
    QuietHours quiet = pace.quietHours();
    optional("", quiet == null ? null : "never from " + quiet.from() + " to " + quiet.to());
    optional("", pace.frequencyCap() == null ? null : "within the frequency cap");
  }

  private String sender() {
    Mailbox from = plan.from();
    return from.name() == null ? from.address() : from.name() + " <" + from.address() + ">";
  }

  private static String delay(String delay) {
    return delay == null || delay.matches("0[a-z]*") ? "at once" : delay + " after it";
  }

  private void through() {
    var smtp = plan.transport().smtp();
    row("Through", "transport/" + plan.transport().name() + ", " + smtp.host() + ":" + smtp.port());
    List<String> limits = new ArrayList<>();
    if (plan.transport().ratePerSecond() != null) {
      limits.add("at most " + plan.transport().ratePerSecond() + " a second");
    }
    if (plan.pace().ratePerSecond() != null) {
      limits.add("of this campaign " + plan.pace().ratePerSecond() + " a second");
    }
    if (plan.pace().perDomain() != null) {
      limits.add(plan.pace().perDomain() + " at a time to one domain");
    }
    if (plan.parallelism() > 1) {
      limits.add(plan.parallelism() + " Pods");
    }
    optional("", limits.isEmpty() ? null : String.join(", ", limits));
    row(
        "",
        plan.transport().dkim().isEmpty()
            ? "not signed"
            : "signed with "
                + plan.transport().dkim().size()
                + (plan.transport().dkim().size() == 1 ? " DKIM key" : " DKIM keys"));
    Plan.Tracking tracking = plan.tracking();
    if (tracking != null && (tracking.opens() || tracking.clicks())) {
      row(
          "Recorded",
          tracking.opens() && tracking.clicks()
              ? "opens and clicks"
              : tracking.opens() ? "opens" : "clicks");
    }
    row("Profiles", "store/" + plan.store().name() + ", " + database());
  }

  private String database() {
    var postgresql = plan.store().postgresql();
    return postgresql.host() + ":" + postgresql.port() + "/" + postgresql.database();
  }

  private static String either(List<String> names) {
    return names.size() == 1
        ? names.get(0)
        : String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.get(names.size() - 1);
  }

  private void optional(String title, String text) {
    if (text != null) {
      row(title, text);
    }
  }

  private void row(String title, String text) {
    out.println(String.format("  %-9s %s", title, text));
  }
}
