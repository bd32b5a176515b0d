package dev.lettershop.models.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.models.table.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Learns trees with XGBoost: a random forest, or boosted ones. The same rows give the same trees.
 */
public final class Boosting {
  private static final int SEED = 20_260_301;

  /**
   * Sums of several threads differ in their last digits by their number, and threads that wait for
   * each other waste a Pod's share of a processor.
   */
  private static final int THREADS = 1;

  private final int rounds;
  private final Map<String, Object> parameters;

  private Boosting(int rounds, Map<String, Object> parameters) {
    this.rounds = rounds;
    this.parameters = parameters;
  }

  /** 100 trees side by side, each from a part of the rows and features. */
  public static Boosting randomForest() {
    return new Boosting(
        1,
        Map.of(
            "num_parallel_tree", 100,
            "max_depth", 12,
            "min_child_weight", 5,
            "eta", 1,
            "subsample", 0.63,
            "colsample_bynode", 0.6));
  }

  /** 150 small trees, each about what those before it have missed. */
  public static Boosting gradient() {
    return new Boosting(
        150,
        Map.of(
            "max_depth", 5,
            "min_child_weight", 10,
            "eta", 0.08,
            "subsample", 0.8,
            "colsample_bytree", 0.8));
  }

  /**
   * Learns.
   *
   * @throws IllegalStateException when the library fails, or there is none for this platform
   */
  public Forest learn(Rows rows) {
    try {
      DMatrix matrix = new DMatrix(rows.values(), rows.size(), rows.columns(), Float.NaN);
      try {
        return learn(matrix, rows);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost could not learn the trees", e);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "XGBoost has no native library for this platform, or cannot unpack it to"
              + " java.io.tmpdir; choose algorithm LogisticRegression, or mount a writable /tmp",
          e);
    }
  }

  private Forest learn(DMatrix matrix, Rows rows) throws XGBoostError, IOException {
    matrix.setLabel(rows.labels());
    double base = Math.max(1e-6, Math.min(1 - 1e-6, rows.rate()));
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("objective", "binary:logistic");
    all.put("tree_method", "hist");
    all.put("base_score", base);
    all.put("seed", SEED);
    all.put("nthread", THREADS);
    all.put("verbosity", 0);
    Booster booster = XGBoost.train(matrix, all, rounds, Map.of(), null, null);
    try {
      return forest(Math.log(base / (1 - base)), booster.toByteArray("json"));
    } finally {
      booster.dispose();
    }
  }

  /** Takes the numbers out of the library's own format. */
  static Forest forest(double base, byte[] json) throws IOException {
    List<Forest.Tree> trees = new ArrayList<>();
    for (JsonNode tree :
        JsonMappers.PLAIN.readTree(json).at("/learner/gradient_booster/model/trees")) {
      trees.add(tree(tree));
    }
    return new Forest(base, trees);
  }

  private static Forest.Tree tree(JsonNode tree) {
    JsonNode left = tree.get("left_children");
    int n = left.size();
    int[] lefts = new int[n];
    int[] rights = new int[n];
    int[] features = new int[n];
    float[] values = new float[n];
    boolean[] unknownLeft = new boolean[n];
    for (int i = 0; i < n; i++) {
      lefts[i] = left.get(i).asInt();
      rights[i] = tree.get("right_children").get(i).asInt();
      features[i] = lefts[i] < 0 ? 0 : tree.get("split_indices").get(i).asInt();
      // Of a leaf, the condition is its value.
      values[i] = (float) tree.get("split_conditions").get(i).asDouble();
      unknownLeft[i] = tree.get("default_left").get(i).asInt() == 1;
    }
    return new Forest.Tree(lefts, rights, features, values, unknownLeft);
  }
}
