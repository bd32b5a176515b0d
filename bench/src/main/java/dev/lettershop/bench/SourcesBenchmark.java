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
  private static final double NOTHING_NEW = 2;
  private static final long LINES_PER_PROFILE = 5;

  @Override
  public String name() {
    return "sources";
  }

  @Override
  public String summary() {
    return "profiles and events per second from CSV; nothing new; five times as many lines with dirt";
  }

  @Override
  public long defaultSize() {
    return 1_000_000;
  }

  @Override
  public List<String> parts() {
    return List.of("profiles", "events", "nothing-new", "dirty");
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (String part : parts()) {
      figures.addAll(run(size, part));
    }
    return figures;
  }

  @Override
  public List<Figure> run(long size, String part) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"))) {
      SourceFolder folder = new SourceFolder(work.resolve("mounted"), database);
      SyncPeers peers = new SyncPeers(database);
      return switch (part) {
        case "profiles" -> profiles(size, folder, peers);
        case "events" -> events(size, folder, peers);
        case "nothing-new" -> nothingNew(size, folder, peers);
        case "dirty" -> dirty(LINES_PER_PROFILE * size, folder);
        default -> throw new IllegalArgumentException(part);
      };
    } finally {
      Scratch.delete(work);
    }
  }

  private static List<Figure> profiles(long size, SourceFolder folder, SyncPeers peers)
      throws Exception {
    folder.write("customers");
    List<Figure> figures = new ArrayList<>();
    Measured tenth = customers(folder, size / 10, 0);
    peers.reset();
    Measured first = customers(folder, size, 0);
    double rate = size / first.seconds();
    String name = "profiles, first sync";
    figures.add(Figure.of(name, rate, "rows/s").against("wanted", PROFILES_WANTED));
    double copied = peers.copiedPerSecond("customers", folder.customers());
    figures.add(Figure.of(name, rate, "rows/s").against("bare COPY of the same rows", copied));
    double byHand = peers.handwrittenPerSecond(folder.customers());
    figures.add(
        Figure.of(name, rate, "rows/s").against("SQL by hand into the same tables", byHand));
    figures.add(
        Figure.of("peak memory (RSS)", first.peakMib(), "MiB")
            .against("with a tenth of the profiles", tenth.peakMib()));
    Measured unchanged = customers(folder, size, 0);
    figures.add(
        Figure.of("the same file again, all of it", size / unchanged.seconds(), "rows/s")
            .against("first sync", rate));
    Measured changed = customers(folder, size, 100);
    figures.add(
        Figure.of("profiles, 1 % changed", size / changed.seconds(), "rows/s")
            .against("first sync", rate));
    return figures;
  }

  private static List<Figure> events(long size, SourceFolder folder, SyncPeers peers)
      throws Exception {
    folder.write("customers");
    folder.write("views");
    customers(folder, size, 0);
    folder.views(size, size);
    Measured first = sync(folder, "views");
    double rate = size / first.seconds();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("events, first sync", rate, "rows/s").against("wanted", EVENTS_WANTED));
    figures.add(
        Figure.of("events, first sync", rate, "rows/s")
            .against("bare COPY of the same rows", peers.copiedPerSecond("views", folder.views())));
    Measured again = sync(folder, "views", "--full");
    figures.add(
        Figure.of("events, all known", size / again.seconds(), "rows/s")
            .against("first sync", rate));
    return figures;
  }

  private static List<Figure> nothingNew(long size, SourceFolder folder, SyncPeers peers)
      throws Exception {
    folder.write("customers");
    folder.write("crm");
    peers.crm(size);
    customers(folder, size, 0);
    Measured file = sync(folder, "customers");
    peers.reset();
    Measured first = sync(folder, "crm");
    Measured database = sync(folder, "crm");
    return List.of(
        Figure.of("a file, nothing new", file.seconds(), "s").against("limit", NOTHING_NEW),
        Figure.of("a database, nothing new", database.seconds(), "s").against("limit", NOTHING_NEW),
        Figure.of("a database, first sync", size / first.seconds(), "rows/s"));
  }

  private static List<Figure> dirty(long lines, SourceFolder folder) throws Exception {
    folder.write("customers");
    folder.customers(lines, 0, true);
    Measured sync = sync(folder, "customers");
    return List.of(
        Figure.of("a CSV with 5 % dirt", lines / sync.seconds(), "lines/s"),
        Figure.of("the whole of it", sync.seconds(), "s"),
        Figure.of("peak memory (RSS)", sync.peakMib(), "MiB").against("heap (-Xmx)", HEAP_MIB));
  }

  /**
   * @param seconds of the whole process, its start among them
   */
  record Measured(double seconds, double peakMib) {}

  private static Measured customers(SourceFolder folder, long people, int changedEvery)
      throws Exception {
    folder.customers(people, changedEvery, false);
    return sync(folder, "customers", "--full");
  }

  static Measured sync(SourceFolder folder, String source, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(folder.command(source)));
    command.addAll(List.of(options));
    long start = System.nanoTime();
    ChildProcess child = ChildProcess.lettershop(HEAP_MIB, command.toArray(String[]::new));
    int exitCode = child.awaitWatchingMemory();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (exitCode != 0) {
      throw new IllegalStateException("The sync of " + source + " ended with " + exitCode);
    }
    return new Measured(seconds, child.peakMib());
  }
}
