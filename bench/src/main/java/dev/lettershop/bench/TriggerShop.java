package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.trigger.Trigger;
import dev.lettershop.worker.execute.TriggerPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two triggered campaigns, one that mails at once and one that waits for a day, with people who
 * have done nothing yet.
 */
final class TriggerShop implements AutoCloseable {
  static final String AT_ONCE = "at-once";
  static final String LATER = "later";
  static final Duration DELAY = Duration.ofHours(24);

  private static final String NAMESPACE = "bench";
  private static final int PARAGRAPHS = 20;

  private final Path folder;
  private final StoreSettings settings;
  private final Store store;
  private final Connection connection;
  private final PlanCompiler compiler;
  private final long people;
  private long events;

  private TriggerShop(
      Path folder,
      StoreSettings settings,
      Store store,
      Connection connection,
      PlanCompiler compiler,
      long people) {
    this.folder = folder;
    this.settings = settings;
    this.store = store;
    this.connection = connection;
    this.compiler = compiler;
    this.people = people;
  }

  static TriggerShop open(Path folder, EmbeddedDatabase database, int smtpPort, long people)
      throws IOException, SQLException {
    Files.createDirectories(folder);
    ResourceSet resources =
        ResourceSet.builder()
            .add(ResourceParser.parse("triggers.yaml", manifests(database, smtpPort)))
            .build();
    secret(folder, "username", database.username());
    secret(folder, "password", database.password());
    StoreSettings settings =
        new StoreSettings(
            database.host(),
            database.port(),
            database.database(),
            database.username(),
            database.password(),
            TlsMode.Disable,
            null,
            4);
    Store store = Store.open(settings);
    TriggerShop shop =
        new TriggerShop(
            folder, settings, store, database.connect(), new PlanCompiler(resources), people);
    store.migrate(shop.plan(AT_ONCE).plan().store().schema());
    shop.execute("set search_path = lettershop");
    shop.execute(
        """
        insert into profile (id, email, email_key, first_name)
        select n, 'p' || n || '@people.example', 'p' || n || '@people.example', 'Ada' || n
        from generate_series(1, %d) n
        """
            .formatted(people));
    shop.execute(
        "insert into identity select 'number', n::text, n from generate_series(1, %d) n"
            .formatted(people));
    shop.execute("vacuum analyze");
    return shop;
  }

  private static String manifests(EmbeddedDatabase database, int smtpPort) throws IOException {
    try (InputStream in = TriggerShop.class.getResourceAsStream("triggers.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${databasePort}", String.valueOf(database.port()))
          .replace("${database}", database.database())
          .replace("${smtpPort}", String.valueOf(smtpPort))
          .replace("${paragraphs}", CampaignFolder.paragraphs(PARAGRAPHS));
    }
  }

  private static void secret(Path folder, String key, String value) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("secrets/db")).resolve(key), value);
  }

  Store store() {
    return store;
  }

  /** The store once more, over so many connections; the caller closes it. */
  Store open(int connections) {
    return Store.open(
        new StoreSettings(
            settings.host(),
            settings.port(),
            settings.database(),
            settings.username(),
            settings.password(),
            settings.tls(),
            settings.caFile(),
            connections));
  }

  /** Process ids of those that serve connections of stores. */
  Set<Long> backends() throws SQLException {
    Set<Long> pids = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select pid from pg_stat_activity where application_name = 'lettershop'")) {
      while (rows.next()) {
        pids.add(rows.getLong(1));
      }
    }
    return pids;
  }

  long people() {
    return people;
  }

  Path secrets() {
    return folder.resolve("secrets");
  }

  PlanDocument plan(String campaign) {
    RunPlans plans = new PlanCompiler(compiler.resources()).run(campaign);
    if (plans.diagnostics().stream().anyMatch(Diagnostic::isError)) {
      throw new IllegalStateException("The benchmark's campaign is wrong: " + plans.diagnostics());
    }
    return plans.campaign();
  }

  /** Makes the campaign one that events enter people for. */
  Trigger register(String campaign) {
    TriggerPlan plan = new TriggerPlan(plan(campaign));
    return store.triggers().register(NAMESPACE, campaign, plan.kind(), plan.source());
  }

  /** A Pod of the campaign's Deployment. */
  ChildProcess worker(String campaign) throws IOException {
    Path plan = Files.createDirectories(folder.resolve("plan-" + campaign));
    for (Map.Entry<String, byte[]> file :
        PlanFiles.of(plan(campaign), List.of()).files().entrySet()) {
      Files.write(plan.resolve(file.getKey()), file.getValue());
    }
    return ChildProcess.worker(
        "send-triggered",
        "--plan=" + plan,
        "--secrets=" + secrets(),
        "--termination-log=" + folder.resolve("log-" + campaign),
        "--service-account=" + folder.resolve("none"),
        "--probe-port=-1");
  }

  /**
   * Has people wait for the mail of the day after.
   *
   * @param first number of the first of them
   * @param dueIn seconds until the first of them is due; negative for those who are due already
   * @param spread seconds over which they become due one after the other
   */
  void wait(Trigger trigger, long first, long count, double dueIn, double spread)
      throws SQLException {
    execute(
        """
        insert into trigger_entry (profile_id, trigger_id, event_id, triggered_at, properties)
        select 1 + (%2$d + n) %% %6$d, %1$d, 'w' || %2$d + n,
          now() - interval '24 hours' + make_interval(secs => %4$s + %5$s * n / %3$d.0),
          jsonb_build_object('cart', 'w' || %2$d + n, 'total', 50)
        from generate_series(0, %3$d - 1) n
        """
            .formatted(trigger.id(), first, count, dueIn, spread, people));
  }

  /**
   * Stores events in one transaction: of each hundred, five buy, fifteen leave a cart, and the
   * others look at something.
   */
  void load(int count) {
    Instant now = Instant.now();
    try (EventLoad load = store.loadEvents("web", "number", Continuation.Onwards)) {
      for (int i = 0; i < count; i++) {
        long number = events++;
        String id = "e" + number;
        String person = Long.toString(1 + number * 7919 % people);
        long kind = number % 100;
        if (kind < 5) {
          load.add(event(id, person, "bought", now, Map.of("order_id", id, "total", 19.5)));
        } else if (kind < 20) {
          load.add(event(id, person, "cart_left", now, Map.of("cart", id, "total", 50.0)));
        } else {
          load.add(event(id, person, "viewed", now, Map.of("product", "p" + number % 1000)));
        }
      }
      load.commit();
    }
  }

  private static LoadedEvent event(
      String id, String person, String name, Instant at, Map<String, Object> properties) {
    return new LoadedEvent(id, id, person, name, at, properties);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  double number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getDouble(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    store.close();
  }
}
