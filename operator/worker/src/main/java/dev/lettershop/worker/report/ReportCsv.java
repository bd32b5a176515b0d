package dev.lettershop.worker.report;

import dev.lettershop.insight.report.Rate;
import dev.lettershop.insight.report.Report;
import dev.lettershop.insight.report.Trial;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A report as rows for a spreadsheet: one number each, with what it is of. */
public final class ReportCsv {
  private static final String HEADING = "section,name,measure,count,of,rate,low,high,rule";

  private final StringBuilder rows = new StringBuilder(HEADING).append("\r\n");

  private ReportCsv() {}

  /** The text, with lines as RFC 4180 wants them. */
  public static String of(Report report) {
    ReportCsv csv = new ReportCsv();
    csv.add(report);
    return csv.rows.toString();
  }

  private void add(Report report) {
    report
        .funnel()
        .forEach(
            step -> {
              rate("funnel", "", step.measure().name(), step.rate(), step.definition());
              if (step.machines() != null) {
                count("funnel", "only programs", step.measure().name(), step.machines());
              }
            });
    report.undecided().forEach(each -> count("deliveries", each.name(), "", each.count()));
    report
        .skipped()
        .forEach(
            each ->
                row(
                    "skipped",
                    each.reason(),
                    "",
                    "" + each.people(),
                    "",
                    "",
                    "",
                    "",
                    each.meaning()));
    if (report.variants() != null) {
      report.variants().rows().forEach(row -> figures("variant", row));
      report.variants().pairs().forEach(pair -> pair(pair, report.variants().rule()));
      if (report.variants().sampleRatio() != null) {
        String chance = number(report.variants().sampleRatio());
        row("variant", "all", "SampleRatioPValue", "", "", chance, "", "", "");
      }
    }
    if (report.goal() != null) {
      goal(report.goal());
    }
    for (Report.Moment moment : report.clicks().moments()) {
      String name = report.clicks().unit() + " " + moment.from();
      count("clicks over time", name, "Clicked", moment.clicked());
      count("clicks over time", name, "Opened", moment.opened());
    }
    for (Report.Link link : report.links().rows()) {
      String name = link.number() + " " + link.address();
      rate("link", name, "Followed", link.followed(), report.links().rule());
      count("link", name, "Only programs", link.machines());
      count("link", name, "Requests", link.hits());
    }
    for (Report.Breakdown breakdown : report.breakdowns()) {
      String section = breakdown.title().toLowerCase(Locale.ROOT);
      breakdown.rows().forEach(row -> figures(section, row));
    }
    for (Report.Limit limit : report.limits()) {
      rate(
          "limit",
          limit.name() + " " + limit.standing() + " " + number(limit.limit()),
          "",
          limit.rate(),
          limit.provider());
    }
    report
        .traffic()
        .rows()
        .forEach(
            each ->
                count(
                    "requests",
                    each.kind() + " " + each.verdict() + " " + each.reason(),
                    "",
                    each.hits()));
    if (report.earlier() != null) {
      report.earlier().rows().forEach(run -> figures("earlier run", run.figures()));
    }
    if (report.compared() != null) {
      for (Report.Difference each : report.compared().rows()) {
        String name = report.compared().campaign() + "/" + report.compared().run();
        rate("compared", name, each.measure().name(), each.there(), "");
        row(
            "difference",
            name,
            each.measure().name(),
            "",
            "",
            number(each.difference()),
            number(each.low()),
            number(each.high()),
            report.compared().rule());
      }
    }
  }

  private void goal(Report.Goal goal) {
    for (Trial.Credited credited : goal.credited()) {
      String by = credited.attribution();
      row("goal", by, "People", "" + credited.people(), "", "", "", "", goal.creditRule());
      row("goal", by, "Times", "" + credited.conversions(), "", "", "", "", goal.creditRule());
      row("goal", by, "Value", number(credited.value()), "", "", "", "", goal.creditRule());
    }
    goal.converted()
        .forEach(
            each -> rate("goal", each.group(), "Converted", each.rate(), goal.convertedRule()));
    if (goal.lift() != null) {
      Report.Lift lift = goal.lift();
      row(
          "goal",
          "lift",
          "Ratio",
          "" + lift.because(),
          "",
          number(lift.ratio()),
          number(lift.low()),
          number(lift.high()),
          lift.rule());
    }
  }

  private void pair(Report.Pair pair, String rule) {
    row(
        "ratio",
        pair.first() + " / " + pair.second(),
        "Clicked",
        "",
        "",
        number(pair.ratio()),
        number(pair.low()),
        number(pair.high()),
        rule);
  }

  private void figures(String section, Report.Row row) {
    if (row.sent() == null) {
      row(section, row.name(), "Sent", "< 10", "", "", "", "", "");
      return;
    }
    count(section, row.name(), "Sent", row.sent());
    Map<String, Rate> rates = new TreeMap<>();
    rates.put("Delivered", row.delivered());
    rates.put("Opened", row.opened());
    rates.put("Clicked", row.clicked());
    rates.put("Unsubscribed", row.unsubscribed());
    rates.put("Complained", row.complained());
    rates.put("Bounced", row.bounced());
    rates.forEach(
        (measure, rate) -> {
          if (rate != null) {
            rate(section, row.name(), measure, rate, "");
          }
        });
  }

  private void count(String section, String name, String measure, long count) {
    row(section, name, measure, Long.toString(count), "", "", "", "", "");
  }

  private void rate(String section, String name, String measure, Rate rate, String rule) {
    row(
        section,
        name,
        measure,
        Long.toString(rate.count()),
        Long.toString(rate.of()),
        number(rate.rate()),
        number(rate.low()),
        number(rate.high()),
        rule);
  }

  private void row(String... cells) {
    for (int i = 0; i < cells.length; i++) {
      rows.append(i == 0 ? "" : ",").append(cell(cells[i]));
    }
    rows.append("\r\n");
  }

  private static String number(Double value) {
    return value == null ? "" : Double.toString(value);
  }

  /** Numbers are as they are; text that a spreadsheet would take for a formula is none. */
  private static String cell(String text) {
    if (text.matches("-?[0-9.]+(E-?[0-9]+)?")) {
      return text;
    }
    String plain = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    return plain.matches("(?s).*[\",\r\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }
}
