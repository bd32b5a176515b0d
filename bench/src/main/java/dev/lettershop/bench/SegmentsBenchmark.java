package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.store.segment.Segments.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The segments of the quickstart over profiles with ten events each: evaluated beside queries
 * written by hand, refreshed in full and after one profile in a hundred has changed, at three
 * sizes.
 */
final class SegmentsBenchmark implements Benchmark {
  private static final Path RESULTS = Path.of("bench/results");
  private static final double SECONDS_OF_FULL_REFRESH = 1.5;
  private static final int CHANGES = 5;

  /** Megabytes: a quarter of a server's memory, as PostgreSQL's manual has it. */
  private static final int SHARED_BUFFERS = 2048;

  private static final double RULES_PER_SECOND = 1_000_000;

  @Override
  public String name() {
    return "segments";
  }

  @Override
  public String summary() {
    return "segments evaluated, refreshed in full and incrementally; rules in memory";
  }

  @Override
  public long defaultSize() {
    return 1_000_000;
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    Path work = Files.createTempDirectory("lettershop-bench-");
    List<Figure> figures = new ArrayList<>();
    Map<String, Map<Long, Double>> refreshes = new LinkedHashMap<>();
    StringBuilder texts = new StringBuilder();
    try (EmbeddedDatabase database =
        EmbeddedDatabase.start(work.resolve("postgresql"), SHARED_BUFFERS)) {
      for (long profiles : List.of(Math.max(1000, size / 100), Math.max(1000, size / 10), size)) {
        Peers.reset(database);
        try (SegmentShop shop = SegmentShop.open(database, profiles);
            Connection connection = database.connect()) {
          List<Double> byKey = new ArrayList<>();
          List<SegmentMeasurement> measured = measure(shop, connection, byKey);
          for (SegmentMeasurement one : measured) {
            refreshes
                .computeIfAbsent(one.name(), name -> new LinkedHashMap<>())
                .put(profiles, one.full());
            if (profiles == size) {
              add(figures, one);
              texts.append(one.texts());
            }
          }
          if (profiles == size) {
            figures.add(
                Figure.of("changed profiles, by key alone", SegmentMeasurement.median(byKey), "s"));
          }
        }
      }
    } finally {
      Scratch.delete(work);
    }
    linearity(figures, refreshes, size);
    figures.add(
        Figure.of("in memory, one core", MemoryRules.perSecond(), "rules/s")
            .against("at least", RULES_PER_SECOND));
    Files.createDirectories(RESULTS);
    Files.writeString(RESULTS.resolve("segments-sql.md"), texts);
    Files.writeString(
        RESULTS.resolve("segments.svg"),
        LogPlot.svg("Full refresh: seconds by profiles, ten events each", refreshes));
    return figures;
  }

  /** All segments after the same changes, which are made when what needs none is done. */
  private static List<SegmentMeasurement> measure(
      SegmentShop shop, Connection connection, List<Double> byKey) throws SQLException {
    List<SegmentMeasurement> measured = new ArrayList<>();
    for (HandwrittenSegment segment : HandwrittenSegment.ALL) {
      SegmentMeasurement one = new SegmentMeasurement(shop, connection, segment);
      one.evaluate();
      one.refreshFirst();
      measured.add(one);
    }
    for (int i = 0; i < CHANGES; i++) {
      for (Scope scope : List.of(Scope.Changed, Scope.All)) {
        shop.change(connection);
        measured.forEach(one -> one.refreshAgain(scope));
        byKey.add(shop.lookUpChanged(connection));
      }
    }
    return measured;
  }

  private static void add(List<Figure> figures, SegmentMeasurement measured) {
    String name = measured.name();
    figures.add(Figure.of(name + ": members", measured.members(), "people"));
    figures.add(
        Figure.of(name + ": evaluated", measured.evaluated(), "s")
            .against("best SQL by hand, same run", measured.byHand()));
    figures.add(
        Figure.of(name + ": full refresh", measured.full(), "s")
            .against("at most", SECONDS_OF_FULL_REFRESH));
    figures.add(
        Figure.of(name + ": refresh after 1 %", measured.incremental(), "s")
            .against("full refresh", measured.full()));
    figures.add(
        Figure.of(name + ": all, after 1 %", measured.fullAfterChanges(), "s")
            .against("at most", SECONDS_OF_FULL_REFRESH));
  }

  /** Time by profile at the full size, against that at a tenth of it. */
  private static void linearity(
      List<Figure> figures, Map<String, Map<Long, Double>> refreshes, long size) {
    refreshes.forEach(
        (segment, seconds) -> {
          double whole = seconds.get(size) / size * 1e6;
          long tenth = Math.max(1000, size / 10);
          figures.add(
              Figure.of(String.format(Locale.ROOT, "%s: refresh by profile", segment), whole, "µs")
                  .against("with a tenth of the profiles", seconds.get(tenth) / tenth * 1e6));
        });
  }
}
