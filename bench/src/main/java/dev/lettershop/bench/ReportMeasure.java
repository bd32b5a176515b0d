package dev.lettershop.bench;

import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.Store;
import dev.lettershop.worker.report.ReportTask;
import java.time.Clock;

/**
 * The report of a run with three opens and clicks for ten recipients, with a recorded segment and
 * an earlier run of a tenth of the size: counted, and written as a page.
 */
final class ReportMeasure {
  private static final String RESOURCES =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default, namespace: shop}
      spec:
        postgresql: {host: 127.0.0.1, database: shop, credentialsSecretRef: {name: db}, tls: {mode: Disable}}
        topics: [{name: news, optIn: Implied}]
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: everybody, namespace: shop}
      spec: {expression: has(profile.email), refresh: {cron: "0 5 * * *"}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: sale, namespace: shop}
      spec:
        subject: Sale
        html: <html><body><p>Hello</p><a href="https://shop.example/0">Sale</a> <a href="https://shop.example/1">New</a> <a href="{{links.unsubscribe}}">Unsubscribe</a></body></html>
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: default, namespace: shop}
      spec:
        smtp: {host: 127.0.0.1, port: 25, tls: None}
        from: {domains: [shop.example]}
        links: {baseUrl: "https://links.shop.example", keySecretRef: {name: links, key: keys}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: report, namespace: shop}
      spec:
        from: {name: Shop, address: news@shop.example}
        topic: news
        audience: {include: [everybody]}
        schedule: {cron: "0 9 * * MON"}
        content: {templateRef: {name: sale}}
        tracking: {clicks: true, opens: true}
      """;

  private static final String ROWS =
      """
      select make_delivery_partition();
      insert into run (namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain, max_attempts,
          topic, opt_in, state, frozen_at, completed_at)
        select 'shop', 'report', name, 'sha256:0', $PLAN, false, 'Skip', 3, 'news', 'Implied', 'Completed',
          now() - age * interval '1 day', now() from (values ('before', 8), ('now', 1)) as r (name, age);
      insert into profile (id, email, email_key, locale)
        select n, a, a, case when n %% 3 = 0 then 'de' else 'en-GB' end
        from (select n, 'p' || n || '@d' || n %% 500 || '.example' as a from generate_series(10000001, 10000000 + %1$d) n) g
        on conflict do nothing;
      insert into delivery (run_id, profile_id, state, reason)
        select r.id, n, case when n %% 20 = 0 then 'skipped' else 'sent' end::delivery_state,
          case when n %% 20 = 0 then 'noConsent' end
        from run r, generate_series(10000001, 10000000 + %1$d) n
        where r.campaign = 'report' and (r.name = 'now' or n %% 10 = 1);
      insert into link select id, n, 'sale', array['https://shop.example/' || n]
        from run, generate_series(0, 1) n where campaign = 'report';
      insert into engagement (profile_id, run_id, kind, number, day, verdict, reason, rules, first_at, hits)
        select n, r.id, case when n %% 10 = 1 then 'Open' else 'Click' end, case when n %% 10 = 3 then 1 else 0 end,
          current_date, case when n %% 10 = 2 then 'Scanner' else 'Human' end, 'NoMachine', 1,
          r.frozen_at + n %% 80000 * interval '1 second', 1
        from run r, generate_series(10000001, 10000000 + %1$d) n
        where r.campaign = 'report' and r.name = 'now' and n %% 10 between 1 and 3;
      insert into bounce (profile_id, run_id, kind, transport)
        select n, r.id, 'Hard', 'default' from run r, generate_series(10000001, 10000000 + %1$d, 101) n
        where r.campaign = 'report' and r.name = 'now';
      insert into segment (namespace, name, size, refreshed_at) values ('shop', 'everybody', %1$d, now());
      insert into membership (segment_id, profile_id, entered_at)
        select id, n, now() - interval '9 days' from segment, generate_series(10000001, 10000000 + %1$d) n
        where name = 'everybody';
      analyze;
      """;

  private ReportMeasure() {}

  /** What has to be in the database for it. */
  static String rows(long size) {
    ResourceSet resources =
        ResourceSet.builder().add(ResourceParser.parse("report.yaml", RESOURCES)).build();
    PlanDocument plan = new PlanCompiler(resources).campaign("report").value();
    return ROWS.formatted(size).replace("$PLAN", "$plan$" + plan.json() + "$plan$");
  }

  /**
   * Makes the report.
   *
   * @throws IllegalStateException when it is not the one of these rows
   */
  static void report(Store store, long size) {
    ReportTask task = new ReportTask(store, Clock.systemUTC());
    ReportTask.Made made = task.make(task.latest("shop", "report"), null);
    long people = made.report().funnel().get(0).rate().of();
    if (people != size || made.page().isEmpty() || made.report().earlier() == null) {
      throw new IllegalStateException("The report is of " + people + " people, not of " + size);
    }
  }
}
