package dev.lettershop.store.experiment;

import dev.lettershop.store.experiment.ExperimentState.Answers;
import dev.lettershop.store.experiment.ExperimentState.Decision;
import dev.lettershop.store.experiment.ExperimentState.PlannedLook;
import dev.lettershop.store.experiment.ExperimentState.TakenLook;
import dev.lettershop.store.experiment.ExperimentState.Terms;
import dev.lettershop.store.experiment.ExperimentState.Variant;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Reads and writes the rows of an experiment. */
final class ExperimentRows {
  private ExperimentRows() {}

  /**
   * @param lock whether others wait until the transaction ends
   */
  static Optional<ExperimentState> read(DSLContext db, long runId, boolean lock) {
    Record row =
        db.fetchOne(
            "select * from experiment where run_id = ?" + (lock ? " for update" : ""), runId);
    if (row == null) {
      return Optional.empty();
    }
    List<Variant> variants = variants(db, runId);
    return Optional.of(
        new ExperimentState(
            new Terms(
                row.get("metric", String.class),
                row.get("confidence", Double.class),
                row.get("minimum_per_variant", Integer.class),
                row.get("no_winner", String.class)),
            variants,
            row.get("waiting", Long.class),
            looks(db, runId),
            taken(db, runId, variants),
            decision(row)));
  }

  private static List<Variant> variants(DSLContext db, long runId) {
    return db.fetch(
            """
            select v.name, v.weight, v.people
            from experiment x, unnest(x.variants, x.weights, x.people) with ordinality
              v(name, weight, people, nth)
            where x.run_id = ? order by v.nth
            """,
            runId)
        .map(
            row ->
                new Variant(
                    row.get(0, String.class), row.get(1, Integer.class), row.get(2, Long.class)));
  }

  private static List<PlannedLook> looks(DSLContext db, long runId) {
    return db.fetch(
            """
            select l.nth, l.at, l.information
            from experiment x, unnest(x.looks, x.information) with ordinality l(at, information, nth)
            where x.run_id = ? order by l.nth
            """,
            runId)
        .map(
            row ->
                new PlannedLook(
                    row.get(0, Integer.class),
                    row.get(1, Instant.class),
                    row.get(2, Double.class)));
  }

  private static List<TakenLook> taken(DSLContext db, long runId, List<Variant> variants) {
    Map<Integer, Map<String, Answers>> answers = new HashMap<>();
    Map<Integer, Instant> times = new HashMap<>();
    db.fetch(
            """
            select look, variant, looked_at, sent, answers, value, squares
            from experiment_look where run_id = ?
            """,
            runId)
        .forEach(
            row -> {
              int look = row.get(0, Integer.class);
              times.put(look, row.get(2, Instant.class));
              answers
                  .computeIfAbsent(look, one -> new HashMap<>())
                  .put(
                      row.get(1, String.class),
                      new Answers(
                          row.get(3, Long.class),
                          row.get(4, Long.class),
                          row.get(5, Double.class),
                          row.get(6, Double.class)));
            });
    return answers.keySet().stream()
        .sorted()
        .map(
            look ->
                new TakenLook(
                    look,
                    times.get(look),
                    variants.stream().map(v -> answers.get(look).get(v.name())).toList()))
        .toList();
  }

  private static Decision decision(Record row) {
    Instant at = row.get("decided_at", Instant.class);
    return at == null
        ? null
        : new Decision(
            at,
            row.get("outcome", String.class),
            row.get("reason", String.class),
            row.get("winner", String.class),
            row.get("expected_loss", Double.class));
  }

  static void write(DSLContext db, long runId, List<Variant> variants, TakenLook look) {
    for (int i = 0; i < variants.size(); i++) {
      Answers answers = look.answers().get(i);
      db.execute(
          """
          insert into experiment_look (run_id, look, variant, sent, answers, value, squares)
          values (?, ?, ?, ?, ?, ?, ?)
          """,
          runId,
          look.number(),
          variants.get(i).name(),
          answers.sent(),
          answers.answers(),
          answers.value(),
          answers.squares());
    }
  }

  static void write(DSLContext db, long runId, Ruling ruling) {
    db.execute(
        """
        update experiment set decided_at = now(), outcome = ?, reason = ?, winner = ?,
               expected_loss = ?
        where run_id = ?
        """,
        ruling.outcome(),
        ruling.reason(),
        ruling.variant(),
        ruling.expectedLoss(),
        runId);
  }
}
