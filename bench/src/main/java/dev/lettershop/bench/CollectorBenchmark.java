package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.collector.CollectorBuffer;
import dev.lettershop.api.v1alpha1.collector.CollectorLimits;
import dev.lettershop.api.v1alpha1.collector.CollectorTrust;
import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import dev.lettershop.api.v1alpha1.store.PostgresqlTls;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.playground.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The packaged collector with its database on this machine, beside a Vert.x endpoint that only
 * parses: single events, batches of 20, and how fast they become typed events.
 */
final class CollectorBenchmark implements Benchmark {
  private static final Path APP = Path.of("operator/collector/target/quarkus-app").toAbsolutePath();
  private static final String KEY =
      "Basic " + Base64.getEncoder().encodeToString("key:".getBytes(StandardCharsets.US_ASCII));
  private static final int PEOPLE = 10_000;
  private static final int WARMING_ROUNDS = 15;

  /** MiB. */
  private static final int MOST_MEMORY = 256;

  private static final String PADDING = "x".repeat(380);

  @Override
  public String name() {
    return "collector";
  }

  @Override
  public String summary() {
    return "event intake over HTTP: single events, batches, mapping, beside a bare endpoint";
  }

  /** Seconds for each measurement. */
  @Override
  public long defaultSize() {
    return 10;
  }

  @Override
  public List<Figure> run(long seconds) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    List<Figure> figures = new ArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"))) {
      bare(seconds, figures);
      collector(seconds, database, work, figures);
    } finally {
      Scratch.delete(work);
    }
    return figures;
  }

  private static void bare(long seconds, List<Figure> figures) throws Exception {
    int port = freePort();
    Process process =
        java(
            "-cp",
            System.getProperty("java.class.path"),
            BareEndpoint.class.getName(),
            Integer.toString(port));
    try {
      await(() -> posted(port, "/", single(0)) == 200);
      warm(port, "/", 256, n -> single(n));
      Duration before = cpu(process);
      HttpLoad.Result single = new HttpLoad(port, "/", KEY, 256).run(seconds, 0, n -> single(n));
      single(single, "bare", figures);
      figures.add(
          perEvent("bare, processor for a single event", process, before, single.requests()));
      warm(port, "/", 32, n -> batch(n));
      batches(new HttpLoad(port, "/", KEY, 32).run(seconds, 0, n -> batch(n)), "bare", figures);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void collector(
      long seconds, EmbeddedDatabase database, Path work, List<Figure> figures) throws Exception {
    int port = freePort();
    Path plan = write(work, database);
    Process process =
        java(
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.port=" + freePort(),
            "-jar",
            APP.resolve("quarkus-run.jar").toString(),
            "--plan",
            plan.toString(),
            "--secrets",
            work.resolve("secrets").toString(),
            "--spool",
            work.resolve("spool").toString());
    try (Connection connection = database.connect()) {
      await(() -> posted(port, "/v1/track", single(0)) == 200);
      warm(port, "/v1/track", 256, n -> single(n));
      drained(connection);
      Duration before = cpu(process);
      HttpLoad.Result single =
          new HttpLoad(port, "/v1/track", KEY, 256).run(seconds, 1L << 40, n -> single(n));
      single(single, "collector", figures);
      figures.add(
          perEvent(
              "collector, processor for a single event, and for mapping meanwhile",
              process,
              before,
              single.requests()));
      warm(port, "/v1/batch", 32, n -> batch(n));
      drained(connection);
      batches(
          new HttpLoad(port, "/v1/batch", KEY, 32).run(seconds, 1L << 41, n -> batch(n)),
          "collector",
          figures);
      mapped(connection, process, figures);
      RedirectMeasure.measure(port, connection, seconds, figures);
      figures.add(
          Figure.of("collector, memory at most", residentPeak(process), "MiB")
              .against("limit", MOST_MEMORY));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** What is left to map, with nothing else to do. */
  private static void mapped(Connection connection, Process process, List<Figure> figures)
      throws Exception {
    long before = events(connection);
    Duration used = cpu(process);
    long start = System.nanoTime();
    drained(connection);
    double took = (System.nanoTime() - start) / 1e9;
    long mapped = events(connection) - before;
    figures.add(
        Figure.of("collector, mapped afterwards", mapped / took, "events/s")
            .against("wanted", 15_000));
    figures.add(perEvent("collector, processor for mapping an event", process, used, mapped));
  }

  /** Until it does not get faster any more: a busy machine takes its time to compile. */
  private static void warm(int port, String path, int connections, LongFunction<String> body)
      throws Exception {
    double best = 0;
    int steady = 0;
    for (int round = 0; round < WARMING_ROUNDS && steady < 2; round++) {
      long first = (1L << 39) + round * (1L << 33);
      double rate = new HttpLoad(port, path, KEY, connections).run(2, first, body).rate();
      steady = rate < best * 1.05 ? steady + 1 : 0;
      best = Math.max(best, rate);
    }
  }

  /** Processor time of a process for each event; says more than a rate when others work, too. */
  private static Figure perEvent(String what, Process process, Duration before, double events) {
    double micros = cpu(process).minus(before).toNanos() / 1e3;
    return Figure.of(what, micros / Math.max(1, events), "µs/event");
  }

  private static Duration cpu(Process process) {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void single(HttpLoad.Result result, String what, List<Figure> figures) {
    figures.add(
        Figure.of(what + ", single events", result.rate(), "events/s").against("wanted", 10_000));
    figures.add(Figure.of(what + ", single events, p99", result.p99(), "ms").against("limit", 50));
    figures.add(Figure.of(what + ", single events, refused", result.refused(), "requests"));
  }

  private static void batches(HttpLoad.Result result, String what, List<Figure> figures) {
    figures.add(
        Figure.of(what + ", batches of 20", result.rate() * 20, "events/s")
            .against("wanted", 40_000));
    figures.add(Figure.of(what + ", batches of 20, p99", result.p99(), "ms").against("limit", 100));
    figures.add(Figure.of(what + ", batches of 20, refused", result.refused(), "requests"));
  }

  /** About 700 bytes, as clients send them; made fast, since the same cores do it. */
  private static String single(long n) {
    long person = Math.floorMod(n, PEOPLE);
    return new StringBuilder(800)
        .append("{\"type\":\"track\",\"event\":\"product_viewed\",\"messageId\":\"m")
        .append(n)
        .append("\",\"userId\":\"p")
        .append(person)
        .append("\",\"timestamp\":\"2026-11-30T12:00:00.000Z\",\"properties\":{\"n\":")
        .append(n)
        .append(",\"price\":9.5,\"sku\":\"s")
        .append(person)
        .append("\"},\"context\":{\"library\":{\"name\":\"bench\",\"version\":\"1\"},")
        .append("\"page\":{\"url\":\"https://shop.example/")
        .append(person)
        .append("\"},\"note\":\"")
        .append(PADDING)
        .append("\"}}")
        .toString();
  }

  private static String batch(long n) {
    return LongStream.range(n * 20, n * 20 + 20)
        .mapToObj(CollectorBenchmark::single)
        .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
  }

  private static Path write(Path work, EmbeddedDatabase database) throws IOException {
    Path secrets = work.resolve("secrets");
    Files.createDirectories(secrets.resolve("db"));
    Files.createDirectories(secrets.resolve("keys"));
    Files.writeString(secrets.resolve("db/username"), database.username());
    Files.writeString(secrets.resolve("db/password"), database.password());
    Files.writeString(secrets.resolve("keys/key"), "key");
    Files.writeString(secrets.resolve("keys/links"), RedirectMeasure.KEY);
    Plan.Store store =
        new Plan.Store(
            "default",
            new PostgresqlConnection(
                "127.0.0.1",
                database.port(),
                database.database(),
                new LocalRef("db"),
                new PostgresqlTls(TlsMode.Disable, null)),
            List.of(),
            List.of(
                new EventType(
                    "product_viewed",
                    List.of(
                        new EventProperty("n", AttributeType.Integer),
                        new EventProperty("price", AttributeType.Double),
                        new EventProperty("sku", AttributeType.String)))));
    CollectorPlan plan =
        new CollectorPlan(
            CollectorPlan.FORMAT_VERSION,
            "bench",
            "links",
            store,
            List.of(),
            null,
            "links.shop.example",
            List.of(
                new CollectorPlan.Links(
                    "default", RedirectMeasure.BASE, new SecretKeyRef("keys", "links"))),
            List.of(
                new CollectorPlan.Source(
                    "shop",
                    CollectorTrust.Server,
                    new SecretKeyRef("keys", "key"),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    new SourceIdentity("customer_id", List.of(), 100, null),
                    List.of(),
                    List.of(),
                    Normalise.DEFAULT)),
            List.of(),
            new CollectorPages(null, null, null, null, null, null, null, null, null, null)
                .named("Bench"),
            List.of(),
            null,
            new CollectorBuffer(null, null),
            new CollectorLimits(null, null, null),
            1 << 24,
            List.of());
    Path file = work.resolve("collector.json.gz");
    Files.write(file, PlanFiles.of(plan).files().get("collector.json.gz"));
    return file;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + 600_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Nothing is ready after ten minutes");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static int posted(int port, String path, String body) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
      connection.setDoOutput(true);
      connection.setRequestProperty("authorization", KEY);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      return connection.getResponseCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static void drained(Connection connection) throws Exception {
    await(() -> number(connection, "select count(*) from lettershop.intake") == 0);
  }

  private static long events(Connection connection) throws SQLException {
    return number(connection, "select count(*) from lettershop.event");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** As in the image, with the memory that a Pod's collector has by default: 28 % of 384 MiB. */
  private static Process java(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx107m", "-XX:+UseSerialGC", "-Xss512k", "-XX:ReservedCodeCacheSize=64m"));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("MALLOC_ARENA_MAX", "2");
    return process
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The high-water mark of resident memory (Linux). */
  private static double residentPeak(Process process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    return 0;
  }
}
