package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.model.ClusterAlgorithm;
import dev.lettershop.api.v1alpha1.model.Clustering;
import dev.lettershop.api.v1alpha1.model.FeatureLevel;
import dev.lettershop.api.v1alpha1.model.ModelFeature;
import dev.lettershop.api.v1alpha1.model.ModelGroup;
import dev.lettershop.api.v1alpha1.model.ModelSpec;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.models.ModelWork;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** People with eight numbers each, around six centres. */
final class ModelShop {
  static final int NUMBERS = 8;
  private static final int GROUPS = 6;

  private final Store store;
  private final EmbeddedDatabase database;
  private final Plan.Store planned;

  ModelShop(Store store, EmbeddedDatabase database, long people) throws Exception {
    this.store = store;
    this.database = database;
    List<Attribute> attributes = new ArrayList<>();
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < NUMBERS; i++) {
      attributes.add(new Attribute("n" + i, AttributeType.Double, false));
      names.append(", n").append(i);
      values.append(", 5 * ((n * ").append(2 * i + 3).append(") % 6) + random() * 3");
    }
    planned = new Plan.Store("default", null, attributes, List.of());
    store.migrate(planned.schema());
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select setseed(0.5)");
      statement.execute(
          "insert into lettershop.profile (id"
              + names
              + ") overriding system value select n"
              + values
              + " from generate_series(1, "
              + people
              + ") n");
      statement.execute("analyze lettershop.profile");
    }
  }

  Plan.Store planned() {
    return planned;
  }

  /** Seconds. */
  double train() {
    List<ModelFeature> features = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      features.add(new ModelFeature("n" + i, "profile.n" + i, null));
    }
    List<ModelGroup> groups = new ArrayList<>();
    for (int g = 0; g < GROUPS; g++) {
      groups.add(new ModelGroup("g" + g, Map.of("n" + g, FeatureLevel.High)));
    }
    ModelSpec spec =
        new ModelSpec(
            null,
            null,
            features,
            List.of(),
            null,
            new Clustering(ClusterAlgorithm.KMeans, groups, 100),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    long start = System.nanoTime();
    new ModelWork(
            store, new ModelPlan("bench", "groups", planned, Map.of(), spec), Clock.systemUTC())
        .train();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds that scikit-learn takes for the same numbers, which it has in memory. */
  double scikitLearn(Path work) throws Exception {
    Path csv = work.resolve("people.csv");
    try (Connection connection = database.connect();
        var out = java.nio.file.Files.newOutputStream(csv)) {
      connection
          .unwrap(org.postgresql.PGConnection.class)
          .getCopyAPI()
          .copyOut(
              "copy (select n0,n1,n2,n3,n4,n5,n6,n7 from lettershop.profile) to stdout (format csv)",
              out);
    }
    return Peer.run(
            work,
            """
            import sys, time, numpy as np
            from sklearn.cluster import KMeans
            a = np.loadtxt(sys.argv[1], delimiter=",", dtype=np.float32)
            t = time.time()
            KMeans(6, n_init=10, random_state=1).fit(a)
            print("seconds", time.time() - t)
            """,
            csv.toString())
        .get("seconds");
  }
}
