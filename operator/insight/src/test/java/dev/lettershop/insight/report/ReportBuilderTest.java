package dev.lettershop.insight.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {
  private static final Instant START = Instant.parse("2026-11-30T09:00:00Z");
  private static final Terms PLAIN = new Terms(true, true, "sale", List.of(), null, null);

  /** Everybody was mailed and reached. */
  private static Outcomes mailed(long people, long clicked) {
    return new Outcomes(people, people, people, 0, people, clicked, 0, clicked, 0, 0, 0);
  }

  private static Outcomes complaining(long people, long complained) {
    return new Outcomes(people, people, people, 0, people, 0, 0, 0, 0, 0, complained);
  }

  private static RunFacts facts(
      Outcomes total,
      List<RunFacts.Group> domains,
      List<RunFacts.Group> segments,
      List<RunFacts.Earlier> earlier) {
    return new RunFacts(
        new RunFacts.Subject(
            "shop",
            "sale",
            "sale-1",
            "sha256:0",
            false,
            false,
            START,
            START.plusSeconds(60),
            START),
        null,
        total,
        Map.of("sent", total.sent()),
        Map.of(),
        Map.of(),
        List.of(),
        domains,
        List.of(),
        segments,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        earlier);
  }

  private static Report report(RunFacts facts, Terms terms) {
    return new ReportBuilder(facts, terms).build(START);
  }

  private static Report of(Outcomes total) {
    return report(facts(total, List.of(), List.of(), List.of()), PLAIN);
  }

  @Test
  void nobodyCanBeWorkedOutFromTheGroupsThatAreShown() {
    List<RunFacts.Group> domains =
        List.of(
            new RunFacts.Group("large.example", mailed(100, 10)),
            new RunFacts.Group("middle.example", mailed(30, 3)),
            new RunFacts.Group("a.example", mailed(5, 1)),
            new RunFacts.Group("b.example", mailed(4, 1)));

    List<Report.Row> rows =
        report(facts(mailed(139, 15), domains, List.of(), List.of()), PLAIN)
            .breakdowns()
            .get(0)
            .rows();

    // Nine people in two small domains would still be too few by themselves.
    assertThat(rows).extracting(Report.Row::name).containsExactly("large.example", "3 others");
    assertThat(rows).extracting(Report.Row::sent).containsExactly(100L, 39L);
    assertThat(rows.get(1).clicked().count()).isEqualTo(5);
  }

  @Test
  void aSegmentIsNotShownWhenItOrTheRestIsSmall() {
    List<RunFacts.Group> segments =
        List.of(
            new RunFacts.Group("nearly-all", mailed(195, 9)),
            new RunFacts.Group("half", mailed(100, 9)),
            new RunFacts.Group("all", mailed(200, 9)),
            new RunFacts.Group("few", mailed(9, 9)));

    List<Report.Row> rows =
        report(facts(mailed(200, 9), List.of(), segments, List.of()), PLAIN)
            .breakdowns()
            .get(1)
            .rows();

    assertThat(rows)
        .filteredOn(Report.Row::hidden)
        .extracting(Report.Row::name)
        .containsExactly("nearly-all", "few");
  }

  @Test
  void noRateExceedsAllOfThem() {
    assertThatThrownBy(() -> Rate.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Rate.of(0, 0).text()).isEqualTo("–");
    assertThat(Rate.of(120, 4000).low()).isEqualTo(0.0251478124, within(1e-9));
  }

  @Test
  void whatProvidersAllowIsComparedWithTheRateAndItsInterval() {
    assertThat(of(complaining(100, 0)).limits())
        .extracting(Report.Limit::standing)
        .containsExactly("under", "open", "open");
    assertThat(of(complaining(100_000, 10)).limits())
        .extracting(Report.Limit::standing)
        .containsExactly("under", "under", "under");
    assertThat(of(complaining(10_000, 20)).limits())
        .extracting(Report.Limit::standing)
        .containsExactly("under", "over", "open");
    assertThat(of(complaining(10_000, 20)).summary())
        .endsWith("Complaints are at 0.20%, over the 0.10% of Gmail and Yahoo, who want fewer.");
  }

  @Test
  void theSentenceSaysWhereTheRunLiesAmongEarlierOnes() {
    List<RunFacts.Earlier> earlier =
        List.of(
            new RunFacts.Earlier("sale-0", START.minusSeconds(9), mailed(1_000, 40)),
            new RunFacts.Earlier("tiny", START.minusSeconds(99), mailed(9, 9)),
            new RunFacts.Earlier("sale-00", START.minusSeconds(999), mailed(1_000, 50)));

    assertThat(report(facts(mailed(1_000, 100), List.of(), List.of(), earlier), PLAIN).summary())
        .isEqualTo(
            "Sent to 1,000 people; 1,000 mails arrived, and 100 people clicked: 10.0%, and with another"
                + " audience of this size probably between 8.3% and 12.0%. That is more than in the 2"
                + " runs before (4.0% to 5.0%).");
    assertThat(report(facts(mailed(1_000, 45), List.of(), List.of(), earlier), PLAIN).summary())
        .endsWith("That is as in the 2 runs before (4.0% to 5.0%).");
    assertThat(report(facts(mailed(1_000, 5), List.of(), List.of(), earlier), PLAIN).summary())
        .endsWith("That is less than in the 2 runs before (4.0% to 5.0%).");
  }

  @Test
  void whatIsNotRecordedIsNotShownAsNothing() {
    Terms blind = new Terms(false, false, "sale", List.of(), null, null);

    Report report = report(facts(mailed(100, 0), List.of(), List.of(), List.of()), blind);

    assertThat(report.funnel())
        .extracting(Report.Step::measure)
        .doesNotContain(Measure.Opened, Measure.Clicked);
    assertThat(report.summary())
        .isEqualTo("Sent to 100 people; 100 mails arrived. Clicks are not recorded.");
    assertThat(report.notes()).anyMatch(note -> note.contains("spec.tracking.clicks"));
  }

  @Test
  void liftIsToldByThoseWhoWereHeldOut() {
    Trial trial =
        new Trial(
            List.of(
                new Trial.Answers("", false, true, 9_000, 9_000, 0, 980, 0),
                new Trial.Answers("", true, true, 1_000, 0, 0, 80, 0)),
            new Trial.Goal("order_completed", Duration.ofDays(7).toSeconds()),
            List.of(new Trial.Credited("Click", 300, 312, 9_000)),
            null);

    Report report =
        report(
            facts(mailed(9_000, 900), List.of(), List.of(), List.of()),
            new Terms(true, true, "sale", List.of(), trial, null));

    // The interval for 980 of 9,000 and 80 of 1,000 is a published one.
    assertThat(report.goal().lift().ratio()).isEqualTo(1.3611, within(1e-4));
    assertThat(report.goal().lift().low()).isEqualTo(0.9769200707, within(1e-9));
    assertThat(report.goal().lift().high()).isEqualTo(1.9625960220, within(1e-9));
    assertThat(report.goal().lift().because()).isEqualTo(260);
    assertThat(report.summary())
        .contains(
            "312 times order_completed credited to the mail; beside those held out, no difference");
  }

  @Test
  void variantsAreComparedByThoseWhomChanceGaveThem() {
    Trial trial =
        new Trial(
            List.of(
                new Trial.Answers("a", false, true, 5_000, 5_000, 100, 0, 0),
                new Trial.Answers("b", false, true, 5_000, 5_000, 300, 0, 0),
                new Trial.Answers("b", false, false, 90_000, 90_000, 9_000, 0, 0)),
            null,
            List.of(),
            null);
    Terms terms =
        new Terms(
            true,
            true,
            "sale",
            List.of(new Terms.Variant("a", 50, "sale"), new Terms.Variant("b", 50, "other")),
            trial,
            null);

    Report report = report(facts(mailed(100_000, 9_400), List.of(), List.of(), List.of()), terms);

    assertThat(report.variants().suspicious()).isFalse();
    assertThat(report.variants().pairs())
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.first()).isEqualTo("b");
              assertThat(pair.ratio()).isEqualTo(3.0, within(1e-9));
              assertThat(pair.low()).isGreaterThan(1);
            });
    assertThat(report.summary())
        .contains("Variant b was clicked 200.0% more often than a (between");
  }
}
