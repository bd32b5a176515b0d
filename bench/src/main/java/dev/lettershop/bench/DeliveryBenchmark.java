package dev.lettershop.bench;

import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.CountingSink;
import dev.lettershop.playground.inbox.SmtpInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the delivery pipeline reaches with the ledger on: 10 KB mails with ten variables,
 * PostgreSQL, worker and sink together on this machine, beside those who send a prepared message.
 */
final class DeliveryBenchmark implements Benchmark {
  private static final int CONNECTIONS = 10;
  private static final int LEAST = 1000;

  private final Map<String, String> plots = new LinkedHashMap<>();
  private EmbeddedDatabase database;
  private Sink sink;
  private Path work;
  private int runs;

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public String summary() {
    return "mails per second with and without DKIM, by connections and shards; memory; freezing";
  }

  @Override
  public long defaultSize() {
    return 200_000;
  }

  @Override
  public Map<String, String> plots() {
    return plots;
  }

  @Override
  public List<String> parts() {
    return List.of("throughput", "recording", "connections", "shards", "memory", "freeze");
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    return run(size, parts());
  }

  @Override
  public List<Figure> run(long size, String part) throws Exception {
    return run(size, List.of(part));
  }

  private List<Figure> run(long size, List<String> parts) throws Exception {
    work = Files.createTempDirectory("lettershop-bench-");
    List<Figure> figures = new ArrayList<>();
    try (EmbeddedDatabase server = EmbeddedDatabase.start(work.resolve("postgresql"));
        Sink sinkServer = Sink.start()) {
      database = server;
      sink = sinkServer;
      for (String part : parts) {
        switch (part) {
          case "throughput" -> throughput(size, figures);
          case "recording" -> recording(size, figures);
          case "connections" -> byConnections(Math.max(LEAST, size / 4), figures);
          case "shards" -> byShards(Math.max(LEAST, size / 4), figures);
          case "memory" -> memory(size, figures);
          default -> freeze(5 * size, figures);
        }
      }
    } finally {
      Scratch.delete(work);
    }
    return figures;
  }

  private void freeze(long people, List<Figure> figures) throws Exception {
    FreezeMeasure.Measured freeze = new FreezeMeasure(database, people).measure();
    figures.add(Figure.of("freezing " + people, freeze.freeze(), "s").against("goal", 10));
    figures.add(
        Figure.of("freezing " + people, freeze.freeze(), "s")
            .against("a bare INSERT of as many ledger rows", freeze.insert()));
  }

  /** One run: mails a second as the command reports it, peak memory, and how large a mail is. */
  private record Measured(double perSecond, double peakMib) {}

  private void throughput(long size, List<Figure> figures) throws Exception {
    Measured plain = measure(size, CONNECTIONS, null, true);
    Measured rsa = measure(size, CONNECTIONS, "RSA", false);
    Measured ed25519 = measure(size, CONNECTIONS, "Ed25519", false);
    long bytes = messageBytes();
    double socket = PreparedSender.messagesPerSecond(sink.port(), bytes, CONNECTIONS, size);
    Double source = Sink.sourcePerSecond(sink.port(), CONNECTIONS, bytes, size);
    figures.add(Figure.of("message size", bytes, "bytes"));
    String into = "mails into " + sink.name();
    figures.add(
        Figure.of(into, plain.perSecond(), "mails/s")
            .against("bare pipelining socket, prepared message", socket));
    if (source != null) {
      figures.add(
          Figure.of(into, plain.perSecond(), "mails/s").against("smtp-source, same size", source));
    }
    figures.add(Figure.of(into, plain.perSecond(), "mails/s").against("goal", 6000));
    figures.add(Figure.of("with DKIM RSA-2048", rsa.perSecond(), "mails/s").against("goal", 2500));
    figures.add(
        Figure.of("with DKIM Ed25519", ed25519.perSecond(), "mails/s").against("goal", 4000));
    figures.add(Figure.of("peak memory, RSA-2048", rsa.peakMib(), "MiB").against("limit", 256));
  }

  /** In turns, so that what else happens on the machine falls on both. */
  private void recording(long size, List<Figure> figures) throws Exception {
    load(size, CONNECTIONS);
    double without = 0;
    double with = 0;
    for (int turn = 0; turn < 4; turn++) {
      boolean recorded = turn == 1 || turn == 2;
      DeliveryFolder.Recording recording =
          recorded ? DeliveryFolder.Recording.RecordedLinks : DeliveryFolder.Recording.Links;
      double rate =
          measure(size, new DeliveryFolder.Setting(sink.port(), CONNECTIONS, 1, null, recording))
              .perSecond();
      with += recorded ? rate / 2 : 0;
      without += recorded ? 0 : rate / 2;
    }
    figures.add(
        Figure.of("with opens and ten links recorded", with, "mails/s")
            .against("the same mail, not recorded", without));
  }

  private void byConnections(long size, List<Figure> figures) throws Exception {
    load(size, CONNECTIONS);
    SvgPlot plot = new SvgPlot("Mails per second", "connections");
    for (int connections : new int[] {1, 2, 5, 10, 20, 40}) {
      double rate = measure(size, connections, null, false).perSecond();
      plot.add(connections, rate);
      figures.add(Figure.of("with connections: " + connections, rate, "mails/s"));
    }
    plots.put("delivery-connections.svg", plot.svg());
  }

  private void byShards(long size, List<Figure> figures) throws Exception {
    load(size, CONNECTIONS);
    SvgPlot plot = new SvgPlot("Mails per second", "shards, as processes");
    for (int shards : new int[] {1, 2, 4, 8}) {
      double rate = measureShards(shards);
      plot.add(shards, rate);
      figures.add(Figure.of("with shards: " + shards, rate, "mails/s"));
    }
    plots.put("delivery-shards.svg", plot.svg());
  }

  private void memory(long size, List<Figure> figures) throws Exception {
    Measured few = measure(Math.max(LEAST, size / 20), CONNECTIONS, null, true);
    Measured many = measure(5 * size, CONNECTIONS, null, true);
    figures.add(
        Figure.of("peak memory, " + Math.max(LEAST, size / 20), few.peakMib(), "MiB")
            .against("limit", 256));
    figures.add(Figure.of("peak memory, " + 5 * size, many.peakMib(), "MiB").against("limit", 256));
    figures.add(Figure.of("mails, " + 5 * size, many.perSecond(), "mails/s"));
  }

  /** Puts so many customers, and nobody else, into the store, by a run that sends nothing. */
  private void load(long people, int connections) throws Exception {
    Peers.reset(database);
    DeliveryFolder folder = folder(new DeliveryFolder.Setting(sink.port(), connections, 1, null));
    folder.customers(people);
    run(folder, "--dry-run", "--run-name", "load");
  }

  private DeliveryFolder folder(DeliveryFolder.Setting setting) throws Exception {
    return DeliveryFolder.write(work.resolve("campaign-" + ++runs), database, setting);
  }

  private Measured measure(long people, int connections, String signature, boolean anew)
      throws Exception {
    if (anew) {
      load(people, connections);
    }
    return measure(people, new DeliveryFolder.Setting(sink.port(), connections, 1, signature));
  }

  private Measured measure(long people, DeliveryFolder.Setting setting) throws Exception {
    DeliveryFolder folder = folder(setting);
    Path report = folder.path().resolve("report.json");
    ChildProcess child =
        run(folder, "--no-sync", "--run-name", "run-" + runs, "--report", report + "");
    double seconds = JsonMappers.PLAIN.readTree(report.toFile()).at("/timings/send").asDouble();
    check("run-" + runs, people);
    return new Measured(people / seconds, child.peakMib());
  }

  private static ChildProcess run(DeliveryFolder folder, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run", "-f", folder.path() + "/campaign.yaml", "campaign/letter", "-o", "json"));
    arguments.addAll(List.of(more));
    ChildProcess child = ChildProcess.worker(arguments.toArray(String[]::new));
    int exit = child.awaitWatchingMemory();
    if (exit != 0) {
      throw new IllegalStateException("The run ended with " + exit);
    }
    return child;
  }

  /** By the ledger's own times, so that the start of the processes does not count. */
  private double measureShards(int shards) throws Exception {
    DeliveryFolder folder =
        folder(new DeliveryFolder.Setting(sink.port(), CONNECTIONS, shards, null));
    String run = "run-" + runs;
    List<ChildProcess> children = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      children.add(
          ChildProcess.worker(
              "send",
              "--plan=" + folder.path().resolve("plan"),
              "--secrets=" + folder.path().resolve("secrets"),
              "--termination-log=" + folder.path().resolve("log-" + i),
              "--service-account=" + folder.path().resolve("none"),
              "--run-name=" + run,
              "--shards=" + shards,
              "--shard=" + i));
    }
    for (ChildProcess child : children) {
      if (child.await() != 0) {
        throw new IllegalStateException("A shard failed");
      }
    }
    return query(
        "select count(*) / extract(epoch from max(updated_at) - min(updated_at))"
            + " from delivery d join run r on r.id = d.run_id where d.state = 'sent' and r.name = '"
            + run
            + "'");
  }

  private void check(String run, long people) throws Exception {
    double sent =
        query(
            "select count(*) from delivery d join run r on r.id = d.run_id"
                + " where d.state = 'sent' and r.name = '"
                + run
                + "'");
    if (sent != people) {
      throw new IllegalStateException("Of " + people + " people " + sent + " have their mail");
    }
  }

  private double query(String sql) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = lettershop");
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getDouble(1);
      }
    }
  }

  /** Sends one mail to an inbox that measures it. */
  private long messageBytes() throws Exception {
    CountingSink counting = new CountingSink();
    try (SmtpInbox inbox = SmtpInbox.start(counting)) {
      DeliveryFolder folder = folder(new DeliveryFolder.Setting(inbox.port(), 1, 1, null));
      run(folder, "--no-sync", "--test-recipient", "customer.1@d1.example", "--run-name", "one");
      return counting.bytes() / counting.messages();
    }
  }
}
