package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.models.learn.Boosting;
import dev.lettershop.models.learn.Figures;
import dev.lettershop.models.learn.Forest;
import dev.lettershop.models.table.Rows;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.store.model.ModelScores;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Models: groups of many people out of the database, a random forest, scores written, and whether a
 * back-test on real orders is honest. Beside scikit-learn in the same run.
 */
final class ModelsBenchmark implements Benchmark {
  private static final int FOREST_COLUMNS = 20;
  private static final int FOREST_ROWS = 200_000;
  private static final int FOREST_JUDGED = 50_000;
  private static final int RECOMMENDED_TO = 100_000;
  private static final double MEBIBYTE = 1 << 20;

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "groups, random forest, scores, a back-test on real orders, recommendations, model servers";
  }

  @Override
  public long defaultSize() {
    return 1_000_000;
  }

  @Override
  public List<String> parts() {
    return List.of("groups", "forest", "scores", "cdnow", "recommendations", "movielens", "remote");
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
    try {
      return switch (part) {
        case "groups" -> groups(work, size);
        case "forest" -> forest(work, size);
        case "scores" -> scores(work, size);
        case "recommendations" ->
            new RecommendationMeasure(work).speed((int) Math.min(size, RECOMMENDED_TO));
        case "movielens" -> new RecommendationMeasure(work).quality();
        case "remote" -> remote(work, size);
        default -> new OrdersOfCdnow(work).measure();
      };
    } finally {
      Scratch.delete(work);
    }
  }

  static Store open(EmbeddedDatabase database) {
    return Store.open(
        new StoreSettings(
            database.host(),
            database.port(),
            database.database(),
            database.username(),
            database.password(),
            TlsMode.Disable,
            null,
            4));
  }

  /** Reading, 20 starts on a sample, moving the centres over all, and scoring everybody. */
  private static List<Figure> groups(Path work, long people) throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"));
        Store store = open(database)) {
      ModelShop shop = new ModelShop(store, database, people);
      HeapPeak heap = new HeapPeak();
      double training = shop.train();
      figures.add(Figure.of("k-means, reading and training", training, "s").against("limit", 30));
      figures.add(Figure.of("most heap in use", heap.mebibytes(), "MiB").against("limit", 384));
      double peer = shop.scikitLearn(work);
      figures.add(
          Figure.of("k-means, training", training, "s")
              .against("scikit-learn, 10 starts, numbers in memory", peer));
    }
    return figures;
  }

  private static List<Figure> forest(Path work, long size) throws Exception {
    int learnt = (int) Math.min(size, FOREST_ROWS);
    int judged = Math.max(1_000, (int) Math.min(size / 4, FOREST_JUDGED));
    Rows rows = forestRows(learnt + judged);
    Path csv = work.resolve("rows.csv");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      float[] row = new float[FOREST_COLUMNS];
      for (int i = 0; i < rows.size(); i++) {
        rows.copy(i, row);
        StringBuilder line = new StringBuilder(rows.label(i) ? "1" : "0");
        for (float value : row) {
          line.append(',').append(value);
        }
        out.println(line);
      }
    }
    long start = System.nanoTime();
    Forest forest = Boosting.randomForest().learn(rows.where(i -> i < learnt));
    double seconds = (System.nanoTime() - start) / 1e9;
    double[] scores = new double[judged];
    boolean[] labels = new boolean[judged];
    float[] row = new float[FOREST_COLUMNS];
    start = System.nanoTime();
    for (int i = 0; i < judged; i++) {
      rows.copy(learnt + i, row);
      scores[i] = forest.of(row);
      labels[i] = rows.label(learnt + i);
    }
    double scoring = (System.nanoTime() - start) / 1e9;
    double auc = auc(scores, labels);
    Map<String, Double> peer =
        Peer.run(
            work,
            """
            import sys, time, numpy as np
            from sklearn.ensemble import RandomForestClassifier
            from sklearn.metrics import roc_auc_score
            a = np.loadtxt(sys.argv[1], delimiter=",", dtype=np.float32); n = int(sys.argv[2])
            t = time.time()
            m = RandomForestClassifier(100, max_depth=12, n_jobs=-1, random_state=1)
            m.fit(a[:n, 1:], a[:n, 0])
            print("seconds", time.time() - t)
            print("auc", roc_auc_score(a[n:, 0], m.predict_proba(a[n:, 1:])[:, 1]))
            """,
            csv.toString(),
            Integer.toString(learnt));
    return List.of(
        Figure.of("random forest, training", seconds, "s").against("limit", 30),
        Figure.of("random forest, training", seconds, "s")
            .against("scikit-learn", peer.get("seconds")),
        Figure.of("random forest, AUC", auc, "")
            .against("scikit-learn - 0.005", peer.get("auc") - 0.005),
        Figure.of("people scored in a second", judged / scoring, "rows/s"));
  }

  private static double auc(double[] margins, boolean[] labels) {
    double[] chances = new double[margins.length];
    for (int i = 0; i < chances.length; i++) {
      chances[i] = 1 / (1 + Math.exp(-margins[i]));
    }
    return Figures.of(chances, labels).auc();
  }

  /** Ten features decide, some of them together; the others are noise. */
  private static Rows forestRows(int size) {
    Random random = new Random(20_260_301);
    Rows rows = new Rows(FOREST_COLUMNS);
    float[] row = new float[FOREST_COLUMNS];
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < FOREST_COLUMNS; c++) {
        row[c] = (float) random.nextGaussian();
      }
      double odds =
          1.2 * row[0] * row[1]
              + Math.sin(2 * row[2])
              + (row[3] > 0.5 ? 1 : 0) * row[4]
              + 0.5 * row[5] * row[5]
              - 0.4 * Math.abs(row[6])
              + 0.3 * row[7]
              - 0.3 * row[8] * row[9];
      rows.add(i, row, random.nextDouble() < 1 / (1 + Math.exp(-odds)));
    }
    return rows;
  }

  private static List<Figure> scores(Path work, long people) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"));
        Store store = open(database)) {
      new ModelShop(store, database, people);
      ModelKey model = new ModelKey("bench", "churn");
      double first = write(store, model, people, 0);
      double again = write(store, model, people, 0);
      long changed = replace(store, model, people, 0).changed();
      double some = write(store, model, people, 100);
      return List.of(
          Figure.of("scores written, all new", first, "s").against("limit", 20),
          Figure.of("the same again", again, "s").against("all new", first),
          Figure.of("rows written by the same again", changed, "rows").against("limit", 0),
          Figure.of("1 in 100 changed", some, "s").against("all new", first));
    }
  }

  private static List<Figure> remote(Path work, long people) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"));
        Store store = open(database)) {
      ModelShop shop = new ModelShop(store, database, people);
      return new RemoteMeasure(work, store, shop.planned(), people).measure();
    }
  }

  private static double write(Store store, ModelKey model, long people, int every) {
    long start = System.nanoTime();
    replace(store, model, people, every);
    return (System.nanoTime() - start) / 1e9;
  }

  private static ModelScores.Written replace(Store store, ModelKey model, long people, int every) {
    return store
        .modelScores()
        .replace(
            model,
            sink -> {
              for (long person = 1; person <= people; person++) {
                boolean other = every > 0 && person % every == 0;
                sink.put(person, ((person * 7 + (other ? 1 : 0)) % 1000) / 1000.0, null);
              }
            });
  }

  /** The most heap that was in use after a collection since it was made. */
  private static final class HeapPeak {
    HeapPeak() {
      java.lang.management.ManagementFactory.getMemoryPoolMXBeans()
          .forEach(java.lang.management.MemoryPoolMXBean::resetPeakUsage);
    }

    double mebibytes() {
      return java.lang.management.ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
              .mapToLong(pool -> pool.getPeakUsage().getUsed())
              .sum()
          / MEBIBYTE;
    }
  }

  /** A line for the console, such as of a peer that is not there. */
  static void note(String format, Object... values) {
    System.err.println(String.format(Locale.ROOT, format, values));
  }
}
