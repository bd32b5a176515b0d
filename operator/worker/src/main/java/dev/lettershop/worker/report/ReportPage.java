package dev.lettershop.worker.report;

import dev.lettershop.insight.report.Measure;
import dev.lettershop.insight.report.Rate;
import dev.lettershop.insight.report.Report;
import dev.lettershop.insight.report.RunFacts;
import dev.lettershop.insight.report.Trial;
import dev.lettershop.insight.report.Words;
import io.quarkus.qute.RawString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report as one page, of at most {@value #MOST_BYTES} bytes, that loads nothing and runs nothing.
 * Mails that would make it larger are left out.
 */
public final class ReportPage {
  /** What a mail program lets through, and a browser shows at once. */
  static final int MOST_BYTES = 150_000;

  private static final int LINKS_SHOWN = 60;
  private static final int ADDRESS_SHOWN = 160;

  private final Report report;
  private final List<Miniature> mails;

  private ReportPage(Report report, List<Miniature> mails) {
    this.report = report;
    this.mails = mails;
  }

  /** The HTML. */
  public static String of(Report report, List<Miniature> mails) {
    List<Miniature> shown = new ArrayList<>(mails);
    for (; ; ) {
      String html = PageTemplates.render("report", new ReportPage(report, shown));
      if (html.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES || shown.isEmpty()) {
        return html;
      }
      shown.remove(shown.size() - 1);
    }
  }

  public Report report() {
    return report;
  }

  public List<Miniature> mails() {
    return mails;
  }

  public RawString style() {
    return new RawString(PageTemplates.style());
  }

  /** Such as {@code Started 1 Mar 2027, 09:00 UTC, took 3 h 20 min}. */
  public String times() {
    RunFacts.Subject run = report.subject();
    String started = "Started " + Words.time(run.startedAt());
    return run.completedAt() == null
        ? started + ", still under way"
        : started
            + ", took "
            + Words.duration(Duration.between(run.startedAt(), run.completedAt()));
  }

  /** Versions of the rules that judged opens and clicks; empty without any. */
  public String rules() {
    var oldest = report.traffic().rows().stream().mapToInt(RunFacts.Traffic::oldestRules).min();
    var newest = report.traffic().rows().stream().mapToInt(RunFacts.Traffic::newestRules).max();
    if (oldest.isEmpty() || newest.isEmpty()) {
      return "";
    }
    return oldest.getAsInt() == newest.getAsInt()
        ? String.valueOf(newest.getAsInt())
        : oldest.getAsInt() + " to " + newest.getAsInt();
  }

  public String time(Instant moment) {
    return Words.time(moment);
  }

  public String count(long number) {
    return Words.count(number);
  }

  public String percent(double share) {
    return Words.percent(share);
  }

  /** A rate as it stands in a table; a dash where nothing is recorded. */
  public String share(Rate rate) {
    return rate == null ? "–" : rate.percent();
  }

  public String credit(Trial.Credited credited) {
    return credited.attribution().equals("Click") ? "clicked before" : "only got the mail";
  }

  public String value(double value) {
    return String.format(Locale.ROOT, "%,.2f", value);
  }

  /** How the experiment was decided; null when nothing is to be. */
  public String decision() {
    Trial.Decision decision = report.variants().decision();
    if (decision == null) {
      return null;
    }
    String looks = decision.looks() + " of " + decision.planned() + " looks taken.";
    return decision.at() == null
        ? "Not decided yet: " + looks
        : "Decided by "
            + lower(decision.metric())
            + " on "
            + Words.time(decision.at())
            + ": "
            + (decision.winner() == null ? "no winner" : decision.winner())
            + " ("
            + decision.reason()
            + "). "
            + looks;
  }

  public int next(int number) {
    return number + 1;
  }

  public boolean hasMachines(Report.Step step) {
    return step.machines() != null && step.machines() > 0;
  }

  /** Beside a step of the funnel: its share of the largest, and the hatched part of programs. */
  public RawString bar(Report.Step step) {
    double all = Math.max(1, report.funnel().get(0).rate().of());
    return Bar.of(step.rate().count() / all, step.machines() == null ? 0 : step.machines() / all);
  }

  /** The first steps, of which each is a part of the one before. */
  public List<Report.Step> way() {
    return report.funnel().stream().filter(step -> isWay(step.measure())).toList();
  }

  /** What went wrong. */
  public List<Report.Step> losses() {
    return report.funnel().stream().filter(step -> !isWay(step.measure())).toList();
  }

  private static boolean isWay(Measure measure) {
    return measure.ordinal() <= Measure.Clicked.ordinal();
  }

  public String word(Enum<?> name) {
    return name.name();
  }

  public RawString rateBar(Rate rate, double scale) {
    return Bar.interval(rate, scale, 1, 0);
  }

  /** The highest end of the intervals of click rates, so that rows can be compared. */
  public double scale(List<Report.Row> rows) {
    return Math.max(
        1e-9,
        rows.stream()
            .filter(row -> row.clicked() != null && row.clicked().high() != null)
            .mapToDouble(row -> row.clicked().high())
            .max()
            .orElse(1));
  }

  public RawString earlierBar(Report.Row row) {
    Report.Earlier earlier = report.earlier();
    return Bar.interval(row.clicked(), earlierScale(), earlier.low(), earlier.high());
  }

  private double earlierScale() {
    List<Report.Row> rows =
        new ArrayList<>(report.earlier().rows().stream().map(Report.EarlierRow::figures).toList());
    rows.add(here());
    return scale(rows);
  }

  /** This run, as a row among the others. */
  public Report.Row here() {
    return new Report.Row(
        report.subject().run(),
        rate(Measure.Sent).count(),
        rate(Measure.Delivered),
        rate(Measure.Opened),
        rate(Measure.Clicked),
        rate(Measure.Unsubscribed),
        rate(Measure.Complained),
        rate(Measure.Bounced));
  }

  private Rate rate(Measure measure) {
    return report.funnel().stream()
        .filter(step -> step.measure() == measure)
        .map(Report.Step::rate)
        .findFirst()
        .orElse(null);
  }

  public ClickPlot plot() {
    return ClickPlot.of(report.clicks());
  }

  public List<Report.Link> links() {
    return report.links().rows().stream().limit(LINKS_SHOWN).toList();
  }

  /** How many links are left to JSON and CSV. */
  public int moreLinks() {
    return Math.max(0, report.links().rows().size() - LINKS_SHOWN);
  }

  public String address(Report.Link link) {
    return link.address().length() <= ADDRESS_SHOWN
        ? link.address()
        : link.address().substring(0, ADDRESS_SHOWN) + " …";
  }

  public RawString linkBar(Report.Link link) {
    double most =
        report.links().rows().stream()
            .filter(each -> each.followed().rate() != null)
            .mapToDouble(each -> each.followed().rate())
            .max()
            .orElse(0);
    return Bar.of(most == 0 || link.followed().rate() == null ? 0 : link.followed().rate() / most);
  }

  public RawString hitBar(RunFacts.Traffic traffic) {
    double most =
        report.traffic().rows().stream().mapToLong(RunFacts.Traffic::hits).max().orElse(1);
    boolean machine = traffic.verdict().equals("Prefetch") || traffic.verdict().equals("Scanner");
    return machine ? Bar.of(0, traffic.hits() / most) : Bar.of(traffic.hits() / most);
  }

  public String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** Whether something is recorded that time could be told of. */
  public boolean isTracked() {
    return rate(Measure.Clicked) != null || rate(Measure.Opened) != null;
  }
}
