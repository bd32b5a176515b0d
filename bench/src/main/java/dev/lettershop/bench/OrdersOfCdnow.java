package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.model.Classification;
import dev.lettershop.api.v1alpha1.model.ClassifyAlgorithm;
import dev.lettershop.api.v1alpha1.model.FeatureTransform;
import dev.lettershop.api.v1alpha1.model.ModelFeature;
import dev.lettershop.api.v1alpha1.model.ModelSpec;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.models.Judgement;
import dev.lettershop.models.ModelWork;
import dev.lettershop.models.learn.Figures;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.store.Store;
import dev.lettershop.store.model.ModelVersion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.postgresql.PGConnection;

/**
 * 69,659 orders of 23,570 customers of CDNOW from January 1997 to June 1998, which the package
 * lifetimes of PyPI brings: whether a back-test sees anything of what came later. The version that
 * it judged scores the same people once more, in a store that ends at that moment.
 */
final class OrdersOfCdnow {
  private static final Instant TRAINED = Instant.parse("1998-04-01T00:00:00Z");

  /** The moment that the back-test holds out: a horizon of 90 days before. */
  private static final Instant JUDGED = Instant.parse("1998-01-01T00:00:00Z");

  private final Path work;

  OrdersOfCdnow(Path work) {
    this.work = work;
  }

  List<Figure> measure() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(work.resolve("postgresql"));
        Store store = ModelsBenchmark.open(database)) {
      store.migrate(planned().schema());
      load(database);
      List<Figure> figures = new ArrayList<>();
      long start = System.nanoTime();
      ModelVersion version =
          new ModelWork(store, plan(null), Clock.fixed(TRAINED, ZoneOffset.UTC)).train();
      double seconds = (System.nanoTime() - start) / 1e9;
      Judgement judgement = Judgement.parse(version.figures());
      double promised = Double.parseDouble(judgement.figures().auc());
      // The same people at the same moment, in a store that ends there: what the back-test saw of
      // later orders, if anything, is gone.
      endAt(database, JUDGED);
      new ModelWork(store, plan(version.version()), Clock.fixed(JUDGED, ZoneOffset.UTC)).score();
      double came = served(database).auc();
      figures.add(Figure.of("CDNOW, AUC of the back-test", promised, "").against("served", came));
      figures.add(
          Figure.of("CDNOW, difference", Math.abs(promised - came), "").against("limit", 0.01));
      figures.add(Figure.of("CDNOW, training", seconds, "s"));
      ModelsBenchmark.note("CDNOW was learnt with %s", judgement.algorithm());
      return figures;
    }
  }

  /** Takes everything from a moment on out of the store, and keeps it to judge by. */
  private static void endAt(EmbeddedDatabase database, Instant moment) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table later as select profile_id, occurred_at from lettershop.event"
              + " where occurred_at >= '"
              + moment
              + "'");
      statement.execute("delete from lettershop.event where occurred_at >= '" + moment + "'");
      statement.execute("analyze lettershop.event");
    }
  }

  private static Plan.Store planned() {
    return new Plan.Store(
        "default",
        null,
        List.of(),
        List.of(new EventType("order", List.of(new EventProperty("total", AttributeType.Double)))));
  }

  private static ModelPlan plan(Integer version) {
    List<ModelFeature> features = new ArrayList<>();
    features.add(
        new ModelFeature(
            "recency",
            "now - events('order', duration('13200h')).map(e, e.occurred_at).max()",
            FeatureTransform.None));
    for (int days : new int[] {30, 90, 180, 500}) {
      String window = "events('order', duration('" + 24 * days + "h'))";
      features.add(new ModelFeature("orders_" + days, window + ".size()", FeatureTransform.Log));
      features.add(
          new ModelFeature(
              "money_" + days, window + ".map(e, e.total).sum()", FeatureTransform.Log));
    }
    return new ModelPlan(
        "bench",
        "buys",
        planned(),
        Map.of(),
        new ModelSpec(
            null,
            "events('order').size() > 0",
            features,
            List.of(),
            new Classification(
                "events('order', duration('2160h')).size() > 0",
                "90d",
                ClassifyAlgorithm.Auto,
                4,
                null),
            null,
            null,
            null,
            null,
            null,
            null,
            version,
            null));
  }

  private void load(EmbeddedDatabase database) throws Exception {
    Path wheel = Peer.wheel(work, "lifetimes==0.11.3");
    StringBuilder events = new StringBuilder();
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      String text =
          new String(
              zip.getInputStream(zip.getEntry("lifetimes/datasets/CDNOW_master.txt"))
                  .readAllBytes(),
              StandardCharsets.US_ASCII);
      int number = 0;
      for (String line : text.split("\\R")) {
        String[] parts = line.trim().split("\\s+");
        if (parts.length == 4 && parts[1].matches("[0-9]{8}")) {
          events
              .append(Long.parseLong(parts[0]))
              .append("\torder\t")
              .append(parts[1])
              .append(" 12:00Z\t")
              .append(number++)
              .append("\t{\"total\": ")
              .append(parts[3])
              .append("}\n");
        }
      }
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy lettershop.event (profile_id, name, occurred_at, id, properties) from stdin",
              new ByteArrayInputStream(events.toString().getBytes(StandardCharsets.US_ASCII)));
      statement.execute(
          "insert into lettershop.profile (id) overriding system value"
              + " select distinct profile_id from lettershop.event");
      statement.execute("analyze");
    }
  }

  private static Figures served(EmbeddedDatabase database) throws Exception {
    List<Double> scores = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select score, exists (select 1 from later e where e.profile_id = o.profile_id"
                    + " and e.occurred_at < timestamptz '"
                    + JUDGED
                    + "' + interval '90 days')"
                    + " from lettershop.model_output o where model = 'bench/buys'")) {
      while (rows.next()) {
        scores.add(rows.getDouble(1));
        labels.add(rows.getBoolean(2));
      }
    }
    boolean[] came = new boolean[labels.size()];
    for (int i = 0; i < came.length; i++) {
      came[i] = labels.get(i);
    }
    return Figures.of(scores.stream().mapToDouble(Double::doubleValue).toArray(), came);
  }
}
