package dev.lettershop.collector.process;

import dev.lettershop.api.v1alpha1.collector.CollectorBuffer;
import dev.lettershop.api.v1alpha1.collector.CollectorLimits;
import dev.lettershop.api.v1alpha1.collector.CollectorTrust;
import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import dev.lettershop.api.v1alpha1.store.PostgresqlTls;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A plan and Secrets as a Pod has them mounted. */
public final class CollectorFolder {
  public static final String SERVER_KEY = "server-key";
  public static final String BROWSER_KEY = "browser-key";

  /** Where links of mails lead. */
  public static final String LINKS = "https://links.shop.example";

  /** What they are signed with. */
  public static final String LINK_KEY = "0123456789abcdef0123456789abcdef";

  private final Path plan;
  private final Path secrets;

  private CollectorFolder(Path plan, Path secrets) {
    this.plan = plan;
    this.secrets = secrets;
  }

  /**
   * Writes them.
   *
   * @param port of a PostgreSQL on this machine
   * @param origins whose pages may send
   */
  public static CollectorFolder write(Path folder, int port, String database, List<String> origins)
      throws IOException {
    Path secrets = folder.resolve("secrets");
    secret(secrets, "db", "username", "postgres");
    secret(secrets, "db", "password", "unused");
    secret(secrets, "keys", "server", SERVER_KEY);
    secret(secrets, "keys", "browser", BROWSER_KEY);
    secret(secrets, "links", "key", LINK_KEY);
    Path plan = folder.resolve("collector.json.gz");
    Map<String, byte[]> files = PlanFiles.of(plan(port, database, origins)).files();
    Files.write(plan, files.get("collector.json.gz"));
    return new CollectorFolder(plan, secrets);
  }

  private static void secret(Path folder, String name, String key, String value)
      throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve(key), value);
  }

  private static CollectorPlan plan(int port, String database, List<String> origins) {
    Plan.Store store =
        new Plan.Store(
            "default",
            new PostgresqlConnection(
                "127.0.0.1",
                port,
                database,
                new LocalRef("db"),
                new PostgresqlTls(TlsMode.Disable, null)),
            List.of(
                new Attribute("first_name", AttributeType.String, true, null, null),
                new Attribute("plan", AttributeType.String, false, null, null)),
            List.of(event("product_viewed"), event("page_viewed"), event("screen_viewed")));
    return new CollectorPlan(
        CollectorPlan.FORMAT_VERSION,
        "shop",
        "links",
        store,
        List.of(new Topic("newsletter", null)),
        null,
        "links.shop.example",
        List.of(new CollectorPlan.Links("relay", LINKS, new SecretKeyRef("links", "key"))),
        List.of(
            source("shop", CollectorTrust.Server, "server", List.of()),
            source("web", CollectorTrust.Browser, "browser", origins)),
        List.of(),
        new CollectorPages(null, null, null, null, null, null, null, null, null, null)
            .named("Shop"),
        List.of(),
        null,
        new CollectorBuffer(null, null),
        new CollectorLimits(null, 100_000, null),
        1 << 24,
        List.of());
  }

  private static EventType event(String name) {
    return new EventType(
        name,
        List.of(
            new EventProperty("n", AttributeType.Integer),
            new EventProperty("at", AttributeType.Timestamp),
            new EventProperty("note", AttributeType.String)));
  }

  private static CollectorPlan.Source source(
      String name, CollectorTrust trust, String key, List<String> origins) {
    return new CollectorPlan.Source(
        name,
        trust,
        new SecretKeyRef("keys", key),
        null,
        null,
        origins,
        List.of(),
        new SourceIdentity("customer_id", List.of(), 100, null),
        List.of(),
        List.of(),
        Normalise.DEFAULT);
  }

  Path plan() {
    return plan;
  }

  Path secrets() {
    return secrets;
  }

  Path spool() {
    return plan.resolveSibling("spool");
  }
}
