package dev.lettershop.collector.pages;

import dev.lettershop.api.v1alpha1.collector.page.CollectorColours;
import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.collector.page.PageTopic;
import dev.lettershop.api.v1alpha1.collector.page.SignUpForm;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.TestDatabase;
import dev.lettershop.collector.TestSpool;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.encryption.Vault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The pages of a shop behind a real server, with a store in which two people are. */
final class TestPages implements AutoCloseable {
  static final long RUN = 202611000000007L;
  static final long ADA = 1001;
  static final ProfileSchema SCHEMA =
      ProfileSchema.of(
          List.of(new Attribute("first_name", AttributeType.String, true, null)), List.of());
  static final List<Topic> TOPICS =
      List.of(
          new Topic("newsletter", OptIn.Double),
          new Topic("offers", OptIn.Single),
          new Topic("orders", OptIn.Implied),
          new Topic("opens", OptIn.Single));
  static final RecipientLinks LINKS =
      new RecipientLinks(
          "https://links.shop.example", LinkKeys.parse("0123456789abcdef0123456789abcdef"));

  final TestDatabase database;

  /** With the rights that a collector has, and no more. */
  private final Store web;

  private final Spool spool = TestSpool.make();
  private final TestCollector collector;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  TestPages() throws SQLException {
    this(plan(), Clock.systemUTC());
  }

  TestPages(CollectorPlan plan, Clock clock) throws SQLException {
    database = new TestDatabase(SCHEMA);
    database.execute(
        """
        insert into profile (id, email, email_key, locale) overriding system value
        values (1001, 'ada@example.com', 'ada@example.com', 'en-GB'),
          (1002, 'bea@example.com', 'bea@example.com', 'pl')
        """);
    database.execute(
        """
        insert into identity (kind, value, profile_id)
        values ('email', 'ada@example.com', 1001), ('email', 'bea@example.com', 1002)
        """);
    database.execute(
        """
        insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
          max_attempts, topic, opt_in, state)
        values (202611000000007, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3,
          'newsletter', 'Double', 'Frozen')
        """);
    database.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source)
        select p, t, now() - interval '1 day', 'Granted', 'import'
        from unnest(array[1001, 1002]) p, unnest(array['newsletter', 'opens']) t
        """);
    database.execute(
        """
        insert into consent_state (profile_id, topic, status, occurred_at)
        select profile_id, topic, status, occurred_at from consent
        """);
    web = Store.openForCollector(database.settings("postgres", null), Vault.NONE);
    collector =
        TestCollector.of(
            new PagesFeature(plan, new LinkVerifier(() -> List.of(LINKS)), web, spool, clock));
    spool.start();
  }

  static CollectorPlan plan() {
    return plan(
        new CollectorPages(
            "Acme Shop",
            null,
            new CollectorColours("#7a1fa2", null, null),
            "en",
            null,
            List.of(
                new PageTopic(
                    "newsletter",
                    Map.of("en", "Newsletter", "de", "Newsletter"),
                    Map.of("en", "News of the shop, once a week", "de", "Neues, wöchentlich")),
                new PageTopic(
                    "offers",
                    Map.of("en", "Special offers", "de", "Angebote"),
                    Map.of("en", "What costs less at the moment"))),
            "opens",
            "https://shop.example/privacy",
            "https://shop.example/imprint",
            "Acme Shop Ltd\n1 Example Street\nExampleton"));
  }

  static CollectorPlan plan(CollectorPages pages) {
    SignUpForm form =
        new SignUpForm(
            "footer",
            List.of("newsletter", "offers"),
            Map.of(
                "en",
                "I want e-mails about what I chose. I can unsubscribe at any time.",
                "de",
                "Ich möchte E-Mails zu dem, was ich gewählt habe. Ich kann mich jederzeit abmelden."),
            "2026-11",
            List.of("first_name"),
            List.of("https://shop.example"),
            null);
    SignUpForm short_ =
        new SignUpForm(
            "short",
            List.of("newsletter"),
            Map.of("en", "I want the newsletter."),
            null,
            List.of(),
            List.of(),
            "https://shop.example/thanks");
    return new CollectorPlan(
        1,
        "shop",
        "web",
        null,
        TOPICS,
        null,
        "links.shop.example",
        List.of(),
        List.of(),
        List.of(),
        pages,
        List.of(form, short_),
        null,
        null,
        null,
        0,
        List.of());
  }

  static String path(Purpose purpose) {
    return path(purpose, RUN, ADA);
  }

  static String path(Purpose purpose, long run, long profile) {
    return purpose.path() + LINKS.token(purpose, run, profile);
  }

  URI uri(String path) {
    return collector.uri(path);
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, null, headers);
  }

  /** A form as browsers send it. */
  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    String[] all = new String[headers.length + 2];
    all[0] = "content-type";
    all[1] = "application/x-www-form-urlencoded";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send("POST", path, body, all);
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** What counts of somebody's consents, such as {@code newsletter=Granted}. */
  List<String> consents(long profile) throws SQLException {
    return database.query(
        "select topic || '=' || status from consent_state where profile_id = "
            + profile
            + " order by topic");
  }

  @Override
  public void close() {
    collector.close();
    spool.close();
    web.close();
    database.close();
  }
}
