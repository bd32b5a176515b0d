package dev.lettershop.bench;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.rule.RuleSql;
import dev.lettershop.store.segment.Refreshed;
import dev.lettershop.store.segment.SegmentExplanation;
import dev.lettershop.store.segment.Segments.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Measures one segment of one shop. Times are medians. */
final class SegmentMeasurement {
  private static final int TIMES = 5;
  private static final String NUMBER = "select id from segment where name = '%s'";
  private static final String NAMESPACE = "bench";

  private final SegmentShop shop;
  private final Connection connection;
  private final HandwrittenSegment segment;
  private final Rule rule;
  private final ProfileSchema schema;
  private final List<Double> incremental = new ArrayList<>();
  private final List<Double> fullAfterChanges = new ArrayList<>();
  private List<String> advised = List.of();
  private String ours;
  private String best;
  private long members;
  private double evaluated;
  private double byHand;
  private double full;

  SegmentMeasurement(SegmentShop shop, Connection connection, HandwrittenSegment segment) {
    this.shop = shop;
    this.connection = connection;
    this.segment = segment;
    this.rule = shop.rule(segment.name());
    this.schema = shop.schema(segment.name());
  }

  String name() {
    return segment.name();
  }

  long members() {
    return members;
  }

  /** Seconds in which the rule's query is answered. */
  double evaluated() {
    return evaluated;
  }

  /** The same for the fastest of the queries by hand. */
  double byHand() {
    return byHand;
  }

  /** Seconds of a first refresh, which records everybody. */
  double full() {
    return full;
  }

  /** Seconds of a refresh that looks at those who have changed. */
  double incremental() {
    return median(incremental);
  }

  /** Seconds of a refresh that looks at everybody after as many changes. */
  double fullAfterChanges() {
    return median(fullAfterChanges);
  }

  /** Answers the rule and the queries by hand. */
  void evaluate() throws SQLException {
    run("set search_path = lettershop");
    run("set jit = off");
    run("set work_mem = '128MB'");
    run("set random_page_cost = 1.1");
    advised = followAdvice();
    OffsetDateTime moment = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    String now = moment.toString();
    ours =
        DSL.using(SQLDialect.POSTGRES)
            .renderInlined(
                new RuleSql(schema)
                    .members(rule, DSL.val(moment, SQLDataType.TIMESTAMPWITHTIMEZONE(6))));
    List<Double> mine = new ArrayList<>();
    List<List<Double>> theirs =
        segment.queries().stream().map(q -> new ArrayList<Double>()).collect(Collectors.toList());
    for (int i = 0; i < TIMES; i++) {
      // In turns, so that a disturbance meets both.
      long start = System.nanoTime();
      members = Long.parseLong(one(counted(ours)));
      mine.add(seconds(start));
      for (int q = 0; q < theirs.size(); q++) {
        String query = segment.queries().get(q).replace(":now", "timestamptz '" + now + "'");
        start = System.nanoTime();
        long found = Long.parseLong(one(counted(query)));
        theirs.get(q).add(seconds(start));
        if (found != members) {
          throw new IllegalStateException(
              segment.name() + " has " + members + " members, by hand " + found);
        }
      }
    }
    evaluated = median(mine);
    byHand = Double.MAX_VALUE;
    for (int q = 0; q < theirs.size(); q++) {
      double median = median(theirs.get(q));
      if (median < byHand) {
        byHand = median;
        best = segment.queries().get(q);
      }
    }
  }

  /** Refreshes for the first time, several times. */
  void refreshFirst() throws SQLException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      run("delete from membership where segment_id in (" + NUMBER.formatted(segment.name()) + ")");
      run("delete from segment where name = '" + segment.name() + "'");
      run("vacuum membership");
      times.add(refresh(Scope.Changed));
    }
    full = median(times);
  }

  /** Refreshes after one change, to be called for each. */
  void refreshAgain(Scope scope) {
    (scope == Scope.Changed ? incremental : fullAfterChanges).add(refresh(scope));
  }

  /** Makes the indexes that {@code lettershop explain} advises; queries by hand use them too. */
  private List<String> followAdvice() throws SQLException {
    List<String> statements =
        shop.store().segments().explain(rule, schema).indexes().stream()
            .map(SegmentExplanation.IndexAdvice::statement)
            .toList();
    for (String statement : statements) {
      run(statement);
    }
    // As autovacuum would have done meanwhile.
    run("vacuum analyze");
    return statements;
  }

  private double refresh(Scope scope) {
    long start = System.nanoTime();
    Refreshed refreshed =
        shop.store().segments().refresh(NAMESPACE, segment.name(), rule, schema, scope);
    double seconds = seconds(start);
    boolean first = "it is the first refresh".equals(refreshed.allBecause());
    if (!first && refreshed.isIncremental() != (scope == Scope.Changed)) {
      throw new IllegalStateException(
          segment.name() + " was not refreshed as asked: " + refreshed.allBecause());
    }
    return seconds;
  }

  private static String counted(String query) {
    return "select count(*) from (" + query + ") as m";
  }

  /** Both queries, as Markdown. */
  String texts() {
    return "## "
        + segment.name()
        + "\n\nBy hand:\n\n```sql\n"
        + best
        + "\n```\n\nFrom the rule:\n\n```sql\n"
        + ours
        + "\n```\n\nIndexes made as advised: "
        + (advised.isEmpty() ? "none" : String.join("; ", advised))
        + "\n\n";
  }

  static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void run(String statement) throws SQLException {
    try (Statement runner = connection.createStatement()) {
      runner.execute(statement);
    }
  }

  private String one(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
