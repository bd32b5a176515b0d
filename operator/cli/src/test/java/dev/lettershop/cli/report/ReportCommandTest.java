package dev.lettershop.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.ShopCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger of 700 people and two earlier runs, reported by the command, and counted once more by
 * other statements.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportCommandTest {
  private static final String RUN = "202611000000100";
  private static final String SENT =
      "(select profile_id from delivery where run_id = " + RUN + " and state = 'sent')";
  private static final String HUMAN =
      "(select profile_id from engagement where run_id = "
          + RUN
          + " and profile_id > 0 and verdict in ('Human', 'Proxy') and kind = '%s')";
  private static final String COMPLAINED =
      "(select profile_id from bounce where kind = 'Complaint' and run_id = " + RUN + ")";
  private static final String QUIT =
      "(select profile_id from consent where evidence ->> 'mail_run' = '" + RUN + "')";

  @TempDir static Path folder;
  private TestShop shop;
  private ShopCommand command;
  private JsonNode report;

  @BeforeAll
  void fill() throws Exception {
    shop = new TestShop(folder.resolve("pods"), 1, 1);
    shop.edit("<p>{{content.greeting}}, {{profile.first_name}}.</p>", MAIL)
        .edit(
            "from: {domains: [shop.example]}",
            "from: {domains: [shop.example]}\n"
                + "  links: {baseUrl: \"https://links.shop.example\", keySecretRef: {name: links, key: keys}}")
        .edit(
            "  content: {templateRef: {name: hello}}",
            "  content: {templateRef: {name: hello}}\n  tracking: {clicks: true, opens: true}")
        .edit(
            "  expression: has(profile.city)",
            "  expression: has(profile.city)\n  refresh: {cron: \"0 5 * * *\"}");
    command = new ShopCommand(shop, folder);
    try (var store = shop.store()) {
      store.migrate(plan().plan().store().schema());
    }
    shop.execute(DATA.replace("$PLAN", "$plan$" + plan().json() + "$plan$"));
    report = ok("-o", "json").json();
  }

  private static final String MAIL =
      """
      <p>{{content.greeting}}, {{profile.first_name}}.</p><img src="https://shop.example/a.png" alt="A">
          <a href="https://shop.example/sale" style="background:url(https://shop.example/b.png)">Sale</a>
          <a href="https://shop.example/new">New</a> <a href="{{links.unsubscribe}}">Unsubscribe</a>"""
          .replace("\n", "");

  private static final String DATA =
      """
      insert into profile (id, email, email_key, locale, city)
        select n, 'p' || n || '@' || d, 'p' || n || '@' || d, l, 'Boston'
        from (select n,
          case when n <= 400 then 'large.example' when n <= 680 then 'second.example'
            when n <= 692 then 'third.example' else 'tiny' || n || '.example' end as d,
          case when n %% 3 = 0 then 'de-AT' when n %% 3 = 1 then 'en_GB' end as l
          from generate_series(1, 700) n) g;
      insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, test, on_uncertain,
          max_attempts, topic, opt_in, state, frozen_at, completed_at, audience)
        select id, 'shop', 'hello', name, 'sha256:abc', $PLAN, false, false, 'Skip', 3, 'newsletter',
          'Implied', 'Completed', '2026-11-30T09:00:00Z'::timestamptz - days * interval '1 day',
          '2026-11-30T10:30:00Z'::timestamptz - days * interval '1 day', '{"skipped": {"notInAudience": 33}}'
        from (values (202611000000100, 'third', 0), (202611000000099, 'second', 7),
          (202611000000098, 'first', 14)) as r (id, name, days);
      select make_delivery_partition();
      create table if not exists delivery_2026_11_of_test
        (like delivery including all);
      do $do$ begin
        if to_regclass('delivery_2026_11') is null then
          alter table delivery attach partition delivery_2026_11_of_test
            for values from (202611000000000) to (202612000000000);
        end if;
      end $do$;
      insert into delivery (run_id, profile_id, state, reason, variant, updated_at)
        select r, n, s::delivery_state, case when s = 'skipped' then
            case when n %% 20 = 0 then 'noConsent' else 'holdout' end end,
          case when s <> 'skipped' then case when n %% 2 = 0 then 'a' else 'b' end end,
          '2026-11-30T09:10:00Z'
        from (select r, n, case when n %% 10 = 0 then 'skipped' when n %% 97 = 0 then 'failed'
            when n %% 101 = 0 then 'uncertain' else 'sent' end as s
          from generate_series(1, 700) n,
            unnest(array[202611000000100, 202611000000099, 202611000000098]) r) g;
      insert into link values (202611000000100, 0, 'hello', array['https://shop.example/sale']),
        (202611000000100, 1, 'hello', array['https://shop.example/new']);
      insert into engagement (profile_id, run_id, kind, number, day, verdict, reason, rules, first_at, hits)
        select n, 202611000000100, k, l, '2026-11-30', v, w, 1, '2026-11-30T09:00:00Z'::timestamptz
            + (n %% 50) * interval '13 minutes', 1 + n %% 3
        from generate_series(1, 700) n, (values ('Open', 0, 'Proxy', 'GmailProxy', 3),
          ('Open', 0, 'Prefetch', 'ApplePrivacy', 4), ('Click', 0, 'Human', 'NoMachine', 7),
          ('Click', 1, 'Human', 'SecondClick', 14), ('Click', 0, 'Scanner', 'Burst', 5),
          ('Click', 1, 'Scanner', 'Burst', 5)) as h (k, l, v, w, every)
        where n %% every = 0;
      insert into engagement values
        (0, 202611000000100, 'Open', 0, '2026-11-30', 'Unknown', 'Unnamed', 1, '2026-11-30T09:00:00Z', 41),
        (8, 202611000000099, 'Click', 0, '2026-11-23', 'Human', 'NoMachine', 1, '2026-11-23T11:00:00Z', 2),
        (9, 202611000000099, 'Click', 0, '2026-11-23', 'Human', 'NoMachine', 1, '2026-11-23T11:00:00Z', 2);
      insert into bounce (profile_id, run_id, kind, transport)
        select n, 202611000000100, k, 'default' from generate_series(1, 700) n,
          (values ('Hard', 11), ('Soft', 33), ('Complaint', 163)) as b (k, every) where n %% every = 0;
      insert into consent (profile_id, topic, occurred_at, status, source, evidence)
        select n, 'newsletter', '2026-11-30T12:00:00Z', 'Withdrawn', 'one-click',
          '{"mail_run": 202611000000100}' from generate_series(44, 700, 44) n;
      insert into segment (namespace, name, size, refreshed_at) values ('shop', 'everybody', 350, now());
      insert into membership (segment_id, profile_id, entered_at)
        select id, n, '2026-11-01' from segment, generate_series(1, 300) n;
      insert into membership (segment_id, profile_id, entered_at)
        select id, n, '2026-12-01' from segment, generate_series(301, 350) n;
      insert into membership_history (segment_id, profile_id, entered_at, left_at)
        select id, n, '2026-11-01', '2026-12-01' from segment, generate_series(351, 360) n;
      """
          .replace("%%", "%");

  private PlanDocument plan() {
    ResourceSet resources =
        ResourceSet.builder()
            .add(ResourceParser.parse("shop.yaml", shop.manifestsWithSecret()))
            .build();
    return new PlanCompiler(resources).campaign("hello").value();
  }

  private ShopCommand.Result ok(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("report", "campaign/hello"));
    all.addAll(List.of(words));
    ShopCommand.Result result = command.call(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private long counted(String sql) throws SQLException {
    return Long.parseLong(shop.query(sql));
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(array.elements(), 0), false);
  }

  private static String human(String kind) {
    return HUMAN.formatted(kind);
  }

  /** People to whom the mail was delivered: sent, and not only bounced. */
  private static String delivered() {
    return "(select profile_id from delivery d where run_id = %1$s and state = 'sent' and (not exists (select from bounce b where b.run_id = %1$s and b.profile_id = d.profile_id and b.kind <> 'Complaint') or profile_id in %2$s or profile_id in %3$s or profile_id in %4$s or profile_id in %5$s))"
        .formatted(RUN, human("Open"), human("Click"), QUIT, COMPLAINED);
  }

  @Test
  void everyStepOfTheFunnelIsWhatTheLedgerSays() throws Exception {
    String people = "select count(*) from delivery where run_id = " + RUN + " and ";
    Map<String, String> truth = new TreeMap<>();
    truth.put("Planned", people + "state <> 'skipped'");
    truth.put("Sent", people + "state = 'sent'");
    truth.put("Delivered", people + "profile_id in " + delivered());
    truth.put(
        "Opened", people + "profile_id in " + delivered() + " and profile_id in " + human("Open"));
    truth.put(
        "Clicked",
        people + "profile_id in " + delivered() + " and profile_id in " + human("Click"));
    truth.put(
        "Unsubscribed", people + "profile_id in " + delivered() + " and profile_id in " + QUIT);
    truth.put(
        "Complained", people + "profile_id in " + delivered() + " and profile_id in " + COMPLAINED);
    truth.put("Bounced", people + "state = 'sent' and profile_id not in " + delivered());

    Map<String, Long> told = new TreeMap<>();
    Map<String, Long> expected = new TreeMap<>();
    each(report.path("funnel"))
        .forEach(s -> told.put(s.path("measure").asText(), s.at("/rate/count").asLong()));
    for (Map.Entry<String, String> one : truth.entrySet()) {
      expected.put(one.getKey(), counted(one.getValue()));
    }

    assertThat(told).isEqualTo(expected).doesNotContainValue(0L);
    assertThat(each(report.path("funnel")))
        .allSatisfy(
            step -> {
              assertThat(step.at("/rate/rate").asDouble()).isBetween(0.0, 1.0);
              assertThat(step.path("definition").asText()).isNotEmpty();
            });
    assertThat(each(report.path("funnel")).filter(s -> s.path("measure").asText().equals("Opened")))
        .singleElement()
        .satisfies(
            opened ->
                assertThat(opened.path("machines").asLong())
                    .isEqualTo(
                        counted(
                            people
                                + "profile_id in "
                                + delivered()
                                + " and profile_id not in "
                                + human("Open")
                                + " and profile_id in (select profile_id from engagement where kind ="
                                + " 'Open' and run_id = "
                                + RUN
                                + ")")));
  }

  @Test
  void groupsAddUpToTheRunAndSmallOnesAreTogether() throws Exception {
    JsonNode domains = report.path("breakdowns").path(0);
    JsonNode segments = report.path("breakdowns").path(1);
    JsonNode languages = report.path("breakdowns").path(2);
    long sent = counted("select count(*) from " + SENT + " s");

    assertThat(each(domains.path("rows")).mapToLong(row -> row.path("sent").asLong()).sum())
        .isEqualTo(sent);
    assertThat(each(languages.path("rows")).mapToLong(row -> row.path("sent").asLong()).sum())
        .isEqualTo(sent);
    // Seven domains of one person each are fewer than ten people: the next larger one hides them.
    assertThat(each(domains.path("rows")).map(row -> row.path("name").asText()))
        .containsExactly("large.example", "second.example", "8 others");
    assertThat(each(languages.path("rows")).map(row -> row.path("name").asText()))
        .containsExactlyInAnyOrder("de", "en", "");
    assertThat(domains.at("/rows/0/clicked/count").asLong())
        .isEqualTo(
            counted(
                "select count(*) from profile where email like '%large.example' and id in "
                    + delivered()
                    + " and id in "
                    + human("Click")));
    assertThat(segments.at("/rows/0/sent").asLong())
        .as("members when the audience was frozen")
        .isEqualTo(
            counted(
                "select count(*) from "
                    + SENT
                    + " s where profile_id <= 300 or profile_id between 351 and 360"));
  }

  @Test
  void linksTrafficAndTimeAreWhatTheLedgerSays() throws Exception {
    for (JsonNode link : report.at("/links/rows")) {
      String of =
          " and kind = 'Click' and number = "
              + link.path("number").asInt()
              + " and run_id = "
              + RUN;
      assertThat(link.at("/followed/count").asLong())
          .isEqualTo(
              counted(
                  "select count(distinct profile_id) from engagement where verdict = 'Human' and profile_id in "
                      + SENT
                      + of))
          .isPositive();
      assertThat(link.path("hits").asLong())
          .isEqualTo(counted("select sum(hits) from engagement where true" + of));
    }
    assertThat(report.at("/links/rows").size()).isEqualTo(2);
    assertThat(each(report.at("/traffic/rows")).mapToLong(row -> row.path("hits").asLong()).sum())
        .isEqualTo(counted("select sum(hits) from engagement where run_id = " + RUN));
    JsonNode moments = report.at("/clicks/moments");
    assertThat(moments.path(moments.size() - 1).path("sofar").asLong())
        .isEqualTo(
            counted("select count(*) from " + SENT + " s where profile_id in " + human("Click")));
    assertThat(moments.path(2).path("clicked").asLong())
        .isEqualTo(
            counted(
                "select count(*) from (select profile_id, min(first_at) as at from engagement where kind"
                    + " = 'Click' and verdict = 'Human' and run_id = "
                    + RUN
                    + " and profile_id in "
                    + SENT
                    + " group by 1) f where at >= '2026-11-30T11:00:00Z' and at < '2026-11-30T12:00:00Z'"));
  }

  @Test
  void skippedLimitsVariantsAndEarlierRunsAreWhatTheLedgerSays() throws Exception {
    Map<String, Long> skipped = new TreeMap<>();
    each(report.path("skipped"))
        .forEach(each -> skipped.put(each.path("reason").asText(), each.path("people").asLong()));
    Map<String, Long> expected =
        shop.counts(
            "select reason, count(*) from delivery where state = 'skipped' and run_id = "
                + RUN
                + " group by 1");
    expected.put("notInAudience", 33L);
    assertThat(skipped).isEqualTo(expected);
    assertThat(report.at("/limits/0/rate/count").asLong())
        .isEqualTo(
            counted("select count(*) from bounce where kind = 'Hard' and profile_id in " + SENT));
    assertThat(each(report.at("/variants/rows")).mapToLong(row -> row.path("sent").asLong()).sum())
        .isEqualTo(counted("select count(*) from " + SENT + " s"));
    assertThat(report.at("/variants/pairs/0/low").asDouble()).isPositive();
    assertThat(each(report.at("/earlier/rows")).map(row -> row.path("run").asText()))
        .containsExactly("second", "first");
    assertThat(report.at("/earlier/rows/0/figures/clicked/count").asLong()).isEqualTo(2);
    assertThat(report.at("/earlier/low").asDouble()).isZero();
    assertThat(report.path("summary").asText())
        .contains("people clicked")
        .contains("more than in the 2 runs before");
  }

  @Test
  void thePageHoldsTheSameNumbersAndLoadsNothing() throws Exception {
    Path page = folder.resolve("report.html");
    ok("--out", page.toString(), "--compare", "second");
    String html = Files.readString(page);

    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(150_000);
    assertThat(html)
        .contains(report.path("summary").asText())
        .contains("Beside hello / second")
        .contains("<iframe sandbox=\"\" srcdoc=")
        .doesNotContain("<script", "src=\"http", "src=&quot;http", "url(http", "@example.com");
    for (JsonNode step : report.path("funnel")) {
      assertThat(html)
          .contains(
              "<tr><th scope=\"row\">"
                  + step.path("measure").asText()
                  + "</th><td class=\"n\">"
                  + String.format(Locale.ROOT, "%,d", step.at("/rate/count").asLong()));
    }
    String csv = ok("-o", "csv").out();
    for (JsonNode step : report.path("funnel")) {
      assertThat(csv)
          .contains(
              "funnel,,"
                  + step.path("measure").asText()
                  + ","
                  + step.at("/rate/count").asLong()
                  + ","
                  + step.at("/rate/of").asLong()
                  + ",");
    }
  }

  @Test
  void whatCannotBeReportedIsSaid() throws Exception {
    ShopCommand.Result none =
        command.call("report", "campaign/hello", "--run", "nothing", "-o", "json");
    assertThat(none.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(none.err()).contains("Campaign/hello has no run \"nothing\"");
    ShopCommand.Result other = command.call("report", "campaign/others", "-o", "json");
    assertThat(other.err()).contains("Campaign/others has no run yet that mailed anybody");
    ShopCommand.Result page = command.call("report", "campaign/hello");
    assertThat(page.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(page.err()).contains("--out report.html");
  }
}
