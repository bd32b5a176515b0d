package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One source after the other into an empty store, each by a process of its own, as Pods do: read,
 * mapped, cleaned, identified by customer number and address, loaded.
 */
final class SourcesBenchmark implements Benchmark {
  private static final int HEAP_MIB = 256;
  private static final double PROFILES_WANTED = 60_000;
  private static final double EVENTS_WANTED = 100_000;

  @Override
  public String name() {
    return "sources";
  }

  @Override
  public String summary() {
    return "profiles and events per second from CSV; again with nothing and with 1 % changed";
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
      SourceFolder folder = new SourceFolder(work.resolve("mounted"), database);
      folder.write("customers");
      folder.write("views");
      Measured tenth = customers(folder, size / 10, 0);
      SyncPeers peers = new SyncPeers(database);
      peers.reset();

      Measured first = customers(folder, size, 0);
      double copied = peers.copiedPerSecond("customers", folder.customers());
      double keyed = peers.keyedPerSecond(size);
      figures.add(
          Figure.of("profiles, first sync", size / first.seconds(), "rows/s")
              .against("wanted", PROFILES_WANTED));
      figures.add(
          Figure.of("profiles, first sync", size / first.seconds(), "rows/s")
              .against("bare COPY of the same rows", copied));
      figures.add(
          Figure.of("profiles, first sync", size / first.seconds(), "rows/s")
              .against("INSERT of what they became, keys only", keyed));
      figures.add(
          Figure.of("peak memory (RSS)", first.peakMib(), "MiB")
              .against("with a tenth of the profiles", tenth.peakMib()));

      Measured unchanged = customers(folder, size, 0);
      figures.add(
          Figure.of("profiles, all unchanged", size / unchanged.seconds(), "rows/s")
              .against("first sync", size / first.seconds()));
      Measured changed = customers(folder, size, 100);
      figures.add(
          Figure.of("profiles, 1 % changed", size / changed.seconds(), "rows/s")
              .against("first sync", size / first.seconds()));

      folder.views(size, size);
      Measured views = sync(folder, "views");
      double viewsCopied = peers.copiedPerSecond("views", folder.views());
      figures.add(
          Figure.of("events, first sync", size / views.seconds(), "rows/s")
              .against("wanted", EVENTS_WANTED));
      figures.add(
          Figure.of("events, first sync", size / views.seconds(), "rows/s")
              .against("bare COPY of the same rows", viewsCopied));
      Measured again = sync(folder, "views");
      figures.add(
          Figure.of("events, all known", size / again.seconds(), "rows/s")
              .against("first sync", size / views.seconds()));
    } finally {
      Scratch.delete(work);
    }
    return figures;
  }

  /**
   * @param seconds of the whole process, its start among them
   */
  record Measured(double seconds, double peakMib) {}

  private static Measured customers(SourceFolder folder, long people, int changedEvery)
      throws Exception {
    folder.customers(people, changedEvery, false);
    return sync(folder, "customers");
  }

  static Measured sync(SourceFolder folder, String source) throws Exception {
    long start = System.nanoTime();
    ChildProcess child = ChildProcess.lettershop(HEAP_MIB, folder.command(source));
    int exitCode = child.awaitWatchingMemory();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exitCode != 0) {
      throw new IllegalStateException("The sync of " + source + " ended with " + exitCode);
    }
    return new Measured(seconds, child.peakMib());
  }
}
