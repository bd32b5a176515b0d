package dev.lettershop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.CountingSink;
import dev.lettershop.playground.inbox.SmtpInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One campaign from a CSV file to the last mail: the packaged command line with a heap of 256 MiB,
 * a PostgreSQL and an SMTP sink, all on this machine.
 */
final class EndToEndBenchmark implements Benchmark {
  private static final int HEAP_MIB = 256;
  private static final int CONNECTIONS = 10;
  private static final long MOST_PREPARED = 100_000;

  @Override
  public String name() {
    return "end-to-end";
  }

  @Override
  public String summary() {
    return "profiles loaded, audience frozen, mails sent per second; peak memory";
  }

  @Override
  public long defaultSize() {
    return 1_000_000;
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    List<Figure> figures = new ArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"))) {
      Measured tenth = measure(work.resolve("tenth"), database, Math.max(1, size / 10));
      Measured whole = measure(work.resolve("whole"), database, size);
      Peers peers = new Peers(database, work.resolve("whole").resolve("customers.csv"));
      double copied = peers.copiedPerSecond(size);
      double inserted = peers.ledgerRowsPerSecond(size);
      double prepared =
          PreparedSender.messagesPerSecond(
              whole.messageBytes(), CONNECTIONS, Math.min(size, MOST_PREPARED));
      figures.add(
          Figure.of("profiles loaded", size / whole.sync(), "rows/s")
              .against("bare COPY of the same rows", copied));
      figures.add(
          Figure.of("audience frozen", size / whole.freeze(), "people/s")
              .against("bare INSERT of as many ledger rows", inserted));
      figures.add(
          Figure.of("mails sent", size / whole.send(), "mails/s")
              .against("bare pipelining socket, prepared message", prepared));
      figures.add(
          Figure.of("mails sent, a tenth", size / 10.0 / tenth.send(), "mails/s")
              .against("the whole", size / whole.send()));
      figures.add(Figure.of("message size", whole.messageBytes(), "bytes"));
      figures.add(
          Figure.of("peak memory (RSS)", whole.peakMib(), "MiB")
              .against("heap limit -Xmx" + HEAP_MIB + "m", HEAP_MIB));
      figures.add(
          Figure.of("peak memory (RSS)", whole.peakMib(), "MiB")
              .against("with a tenth of the audience", tenth.peakMib()));
      figures.add(Figure.of("whole run", whole.total(), "s"));
    } finally {
      Scratch.delete(work);
    }
    return figures;
  }

  private record Measured(
      double sync, double freeze, double send, double total, double peakMib, long messageBytes) {}

  private static Measured measure(Path folder, EmbeddedDatabase database, long people)
      throws Exception {
    Peers.reset(database);
    CountingSink sink = new CountingSink();
    try (SmtpInbox inbox = SmtpInbox.start(sink)) {
      CampaignFolder.write(folder, database, inbox.port(), people);
      Path report = folder.resolve("report.json");
      ChildProcess child =
          ChildProcess.lettershop(
              HEAP_MIB,
              "run",
              "-f",
              folder.toString(),
              "campaign/letter",
              "-o",
              "json",
              "--report",
              report.toString());
      long start = System.nanoTime();
      int exitCode = child.awaitWatchingMemory();
      double total = (System.nanoTime() - start) / 1e9;
      if (exitCode != 0 || sink.messages() != people) {
        throw new IllegalStateException(
            "The run ended with "
                + exitCode
                + " and "
                + sink.messages()
                + " of "
                + people
                + " mails");
      }
      JsonNode timings = JsonMappers.PLAIN.readTree(report.toFile()).get("timings");
      return new Measured(
          timings.get("sync").asDouble(),
          timings.get("freeze").asDouble(),
          timings.get("send").asDouble(),
          total,
          child.peakMib(),
          sink.bytes() / sink.messages());
    }
  }
}
