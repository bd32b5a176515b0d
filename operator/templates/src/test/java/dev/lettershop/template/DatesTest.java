package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates as authors write and shift them; the run is on 1 March 2027 at 9:30 UTC. */
class DatesTest {
  private static final Map<String, Object> ADA =
      Map.of(
          "last_active_at",
          Instant.parse("2027-02-27T23:30:00Z"),
          "first_name",
          "Dec 24, 2026",
          "time_zone",
          "Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "Liquid~{{ \"now\" | date: \"%s\" | plus: 172800 | date: \"%B %d\" }}~March 03",
        "Liquid~{{ 1798070400 | date: \"%Y-%m-%d\" }}~2026-12-24",
        "Liquid~{{ \"1798070400\" | date: \"%Y-%m-%d\" }}~2026-12-24",
        "Liquid~{{ profile.first_name | date: \"%Y-%m-%d\" }}~2026-12-24",
        "Liquid~{{ \"December 24, 2026\" | date: \"%d.%m.\" }}~24.12.",
        "Liquid~{{ \"24 Dec 2026\" | date: \"%d.%m.\" }}~24.12.",
        "Liquid~{{ \"Thu, 24 Dec 2026 23:30:00 +0000\" | date: \"%d.%m.\" }}~25.12.",
        "Liquid~{{ \"2026-12-24 10:00\" | date: \"%H:%M\" }}~10:00",
        "Liquid~{{ \"2026/12/24\" | date: \"%d.%m.\" }}~24.12.",
        "Liquid~{{ \"now\" | date_plus: \"2 days\" | date: \"%Y-%m-%d\" }}~2027-03-03",
        "Liquid~{{ campaign.date | date_plus: \"-1 month\" | date: \"%Y-%m-%d\" }}~2027-02-01",
        "Liquid~{{ profile.last_active_at | date_plus: \"1 year\" | date: \"%Y-%m-%d %H:%M\" }}~2028-02-28 00:30",
        "Liquid~{{ profile.nothing | date_plus: \"1 day\" | date }}~``",
        "Handlebars~{{date (datePlus \"now\" \"2 days\") \"%Y-%m-%d\"}}~2027-03-03",
        "Handlebars~{{date (datePlus campaign.date \"-2 weeks\") \"%Y-%m-%d\"}}~2027-02-15",
        "Handlebars~{{date 1798070400 \"%Y-%m-%d\"}}~2026-12-24",
        "Handlebars~{{date \"Dec 24, 2026\" \"%Y-%m-%d\"}}~2026-12-24",
        "Mustache~{{#date.plus-2-days}}{{campaign.date}}{{/date.plus-2-days}}~March 3, 2027",
        "Mustache~{{#date.short.minus-1-month}}{{campaign.date}}{{/date.short.minus-1-month}}~2/1/27",
        "Mustache~{{#time.plus-3-hours}}{{campaign.date}}{{/time.plus-3-hours}}~1:30 PM",
      })
  void datesAreReadShiftedAndWritten(TemplateEngine engine, String source, String wanted) {
    String html =
        Templates.body("<p>" + source + "</p>").engine(engine).render(ADA, Map.of()).html();
    assertThat(html.replace('\u202F', ' ')).contains("<p>" + wanted + "</p>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Liquid~{{ \"someday\" | date: \"%Y\" }}~\"someday\" is not a date",
        "Liquid~{{ \"now\" | date_plus: \"two days\" }}~\"two days\" is not a length of time",
        "Handlebars~{{date \"someday\"}}~\"someday\" is not a date",
        "Handlebars~{{date (datePlus \"now\" \"2 lightyears\")}}~\"2 lightyears\" is not a length of time",
        "Mustache~{{#date.plus-2-moons}}{{campaign.date}}{{/date.plus-2-moons}}~\"plus-2-moons\" is not a style of date"
      })
  void whatIsNoDateIsFound(String row) {
    String[] columns = row.split("~");
    assertThat(
            Templates.findings(
                Templates.body(columns[1]).engine(TemplateEngine.valueOf(columns[0])).compile()))
        .anyMatch(finding -> finding.startsWith("error") && finding.contains(columns[2]));
  }
}
