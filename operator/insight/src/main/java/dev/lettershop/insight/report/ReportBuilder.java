package dev.lettershop.insight.report;

import dev.lettershop.insight.experiment.Interval;
import dev.lettershop.insight.experiment.Proportion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the report of a run of what the ledger counts. Pure. */
public final class ReportBuilder {
  private static final double CONFIDENCE = 0.95;
  private static final int HOURS_SHOWN = 72;
  private static final Set<String> MACHINES = Set.of("Prefetch", "Scanner");
  private static final List<Measure> COMPARED =
      List.of(
          Measure.Delivered,
          Measure.Opened,
          Measure.Clicked,
          Measure.Unsubscribed,
          Measure.Complained,
          Measure.Bounced);

  private final RunFacts facts;
  private final Terms terms;
  private final Groups groups;

  public ReportBuilder(RunFacts facts, Terms terms) {
    this.facts = facts;
    this.terms = terms;
    this.groups = new Groups(terms);
  }

  /**
   * The report.
   *
   * @param now when it is made
   */
  public Report build(Instant now) {
    Report report = report(now, "");
    return report(now, Summary.of(report, terms));
  }

  private Report report(Instant now, String summary) {
    return new Report(
        facts.subject(),
        now,
        summary,
        funnel(),
        skipped(),
        undecided(),
        Experiments.of(facts, terms),
        Goals.of(terms.trial()),
        clicks(),
        links(),
        breakdowns(),
        limits(),
        traffic(),
        earlier(),
        compared(),
        notes());
  }

  private List<Report.Step> funnel() {
    List<Report.Step> steps = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (terms.records(measure)) {
        steps.add(
            new Report.Step(
                measure,
                measure.of(facts.total()),
                measure.denominator(),
                measure.definition(),
                machines(measure)));
      }
    }
    return steps;
  }

  private Long machines(Measure measure) {
    return switch (measure) {
      case Opened -> facts.total().openedByMachines();
      case Clicked -> facts.total().clickedByMachines();
      default -> null;
    };
  }

  private List<Report.Skipped> skipped() {
    return facts.skipped().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(e -> new Report.Skipped(e.getKey(), e.getValue(), SkipMeanings.of(e.getKey())))
        .toList();
  }

  private List<Report.Count> undecided() {
    return facts.states().entrySet().stream()
        .filter(state -> !Set.of("sent", "skipped").contains(state.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(state -> new Report.Count(state.getKey(), state.getValue()))
        .toList();
  }

  private Report.Clicks clicks() {
    boolean days = facts.hours().stream().anyMatch(hour -> hour.hour() >= HOURS_SHOWN);
    int unit = days ? 24 : 1;
    List<Report.Moment> moments = new ArrayList<>();
    long sofar = 0;
    int last = facts.hours().stream().mapToInt(hour -> hour.hour() / unit).max().orElse(-1);
    Map<Integer, List<RunFacts.Hour>> byUnit =
        facts.hours().stream().collect(Collectors.groupingBy(hour -> hour.hour() / unit));
    for (int from = 0; from <= last; from++) {
      List<RunFacts.Hour> within = byUnit.getOrDefault(from, List.of());
      long clicked = within.stream().mapToLong(RunFacts.Hour::clicked).sum();
      sofar += clicked;
      moments.add(
          new Report.Moment(
              from, clicked, sofar, within.stream().mapToLong(RunFacts.Hour::opened).sum()));
    }
    return new Report.Clicks(
        days ? "Day" : "Hour",
        moments,
        "People by the time of their first click and their first open, since the audience was"
            + " frozen; each person once.");
  }

  private Report.Links links() {
    Map<String, Long> delivered = deliveredByTemplate();
    List<Report.Link> rows =
        facts.links().stream()
            .map(
                link ->
                    new Report.Link(
                        link.number(),
                        link.template(),
                        String.join("…", link.address()),
                        Rate.of(link.people(), delivered.getOrDefault(link.template(), 0L)),
                        link.machines(),
                        link.hits()))
            .sorted(
                Comparator.comparingLong((Report.Link link) -> link.followed().count())
                    .reversed()
                    .thenComparing(Report.Link::number))
            .toList();
    return new Report.Links(
        rows,
        "People who followed the link, of those to whom a mail with its template was delivered."
            + " Somebody who follows two links counts at both.");
  }

  private Map<String, Long> deliveredByTemplate() {
    if (terms.variants().isEmpty()) {
      return Map.of(terms.template(), facts.total().delivered());
    }
    Map<String, Long> byVariant =
        facts.variants().stream()
            .collect(Collectors.toMap(RunFacts.Group::name, group -> group.outcomes().delivered()));
    return terms.variants().stream()
        .collect(
            Collectors.groupingBy(
                Terms.Variant::template,
                Collectors.summingLong(v -> byVariant.getOrDefault(v.name(), 0L))));
  }

  private List<Report.Breakdown> breakdowns() {
    List<Report.Breakdown> all = new ArrayList<>();
    all.add(
        new Report.Breakdown(
            "Domain",
            facts.domains() == null ? List.of() : groups.dividing(facts.domains()),
            facts.domains() == null
                ? "The ProfileStore encrypts addresses, so their domains are not known."
                : "The part of the address behind the @. Small domains are one row."));
    String unrecorded =
        facts.unrecorded().isEmpty()
            ? ""
            : " Not recorded, because they have no spec.refresh: "
                + String.join(", ", facts.unrecorded())
                + ".";
    all.add(
        new Report.Breakdown(
            "Segment",
            groups.overlapping(facts.segments(), facts.total()),
            "Members when the audience was frozen; somebody may be in several." + unrecorded));
    all.add(
        new Report.Breakdown(
            "Language", groups.dividing(facts.languages()), "Of the profile, as it is now."));
    return all;
  }

  private List<Report.Limit> limits() {
    Outcomes total = facts.total();
    Rate hard = Rate.of(facts.bounced().getOrDefault("Hard", 0L), total.sent());
    Rate complaints = Measure.Complained.of(total);
    return List.of(
        limit("Bounces for good", hard, 0.05, "Amazon SES, which reviews accounts there"),
        limit("Complaints", complaints, 0.001, "Gmail and Yahoo, who want fewer"),
        limit("Complaints", complaints, 0.003, "Gmail and Yahoo, who act there"));
  }

  private static Report.Limit limit(String name, Rate rate, double limit, String provider) {
    String standing =
        rate.rate() == null || rate.rate() < limit && rate.high() >= limit
            ? "open"
            : rate.rate() >= limit ? "over" : "under";
    return new Report.Limit(name, rate, limit, provider, standing);
  }

  private Report.Traffic traffic() {
    long hits = facts.traffic().stream().mapToLong(RunFacts.Traffic::hits).sum();
    long machines =
        facts.traffic().stream()
            .filter(each -> MACHINES.contains(each.verdict()))
            .mapToLong(RunFacts.Traffic::hits)
            .sum();
    return new Report.Traffic(
        facts.traffic().stream()
            .sorted(
                Comparator.comparing(RunFacts.Traffic::kind)
                    .thenComparing(Comparator.comparingLong(RunFacts.Traffic::hits).reversed())
                    .thenComparing(RunFacts.Traffic::reason))
            .toList(),
        hits == 0 ? null : (double) machines / hits,
        "Requests, not people. Human and Proxy count as people, Prefetch and Scanner as programs;"
            + " of Unknown nobody can tell.");
  }

  private Report.Earlier earlier() {
    List<RunFacts.Earlier> mailed =
        facts.earlier().stream().filter(run -> run.total().delivered() >= Groups.FEWEST).toList();
    if (mailed.isEmpty() || !terms.clicks()) {
      return null;
    }
    var rates =
        mailed.stream()
            .mapToDouble(run -> Measure.Clicked.of(run.total()).rate())
            .summaryStatistics();
    return new Report.Earlier(
        mailed.stream()
            .map(
                run ->
                    new Report.EarlierRow(
                        run.run(),
                        run.startedAt(),
                        groups.whole(new RunFacts.Group(run.run(), run.total()))))
            .toList(),
        rates.getMin(),
        rates.getMax(),
        "The campaign's runs before this one that mailed at least "
            + Groups.FEWEST
            + " people, without dry runs and tests.");
  }

  private Report.Compared compared() {
    RunFacts other = terms.compared();
    return other == null
        ? null
        : new Report.Compared(
            other.subject().campaign(),
            other.subject().run(),
            other.subject().startedAt(),
            COMPARED.stream()
                .filter(terms::records)
                .map(m -> difference(m, m.of(facts.total()), m.of(other.total())))
                .toList(),
            "The difference of two rates with Newcombe's interval, confidence 95%, for somebody who"
                + " looks once. Runs go to other people at other times: a difference need not come"
                + " from the mail.");
  }

  private static Report.Difference difference(Measure measure, Rate here, Rate there) {
    if (here.rate() == null || there.rate() == null) {
      return new Report.Difference(measure, here, there, null, null, null);
    }
    Interval interval =
        new Proportion(here.count(), here.of())
            .minus(new Proportion(there.count(), there.of()), CONFIDENCE);
    return new Report.Difference(
        measure, here, there, here.rate() - there.rate(), interval.low(), interval.high());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (facts.subject().completedAt() == null) {
      notes.add("The run is still under way: numbers grow.");
    }
    if (!terms.opens()) {
      notes.add("Opens are not recorded: spec.tracking.opens of the campaign is off.");
    }
    if (!terms.clicks()) {
      notes.add("Clicks are not recorded: spec.tracking.clicks of the campaign is off.");
    }
    notes.add(
        "Groups of fewer than "
            + Groups.FEWEST
            + " people are shown as < "
            + Groups.FEWEST
            + " or together with others.");
    notes.add(
        "Intervals of rates are Wilson's with a confidence of 95%, for somebody who looks once.");
    return notes;
  }
}
