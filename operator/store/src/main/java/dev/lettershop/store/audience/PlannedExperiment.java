package dev.lettershop.store.audience;

import dev.lettershop.store.audience.FreezeRequest.VariantWeight;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/** What is fixed about a comparison of variants before the first mail of it goes out. */
final class PlannedExperiment {
  private PlannedExperiment() {}

  /** Writes it behind the audience; nothing where nothing is to be decided. */
  static void write(DSLContext db, long runId, FreezeRequest request) {
    Comparison comparison = request.comparison();
    if (comparison == null) {
      return;
    }
    Map<String, Long> planned =
        db.fetch(
                """
                select coalesce(variant, ''), count(*) from delivery
                where run_id = ? and state = 'planned' group by 1
                """,
                runId)
            .intoMap(row -> row.get(0, String.class), row -> row.get(1, Long.class));
    List<VariantWeight> variants = request.variants();
    db.execute(
        """
        insert into experiment (run_id, metric, confidence, minimum_per_variant, no_winner, variants,
                                weights, people, waiting, looks, information)
        select ?, ?, ?, ?, ?, ?::text[], ?::int[], ?::bigint[], ?,
               array(select now() + make_interval(secs => s)
                     from unnest(?::double precision[]) with ordinality l(s, nth) order by nth),
               ?::double precision[]
        """,
        runId,
        comparison.metric(),
        comparison.confidence(),
        comparison.minimumPerVariant(),
        comparison.noWinner(),
        variants.stream().map(VariantWeight::name).toArray(String[]::new),
        variants.stream().map(VariantWeight::weight).toArray(Integer[]::new),
        variants.stream().map(v -> planned.getOrDefault(v.name(), 0L)).toArray(Long[]::new),
        planned.getOrDefault("", 0L),
        comparison.looks().stream()
            .map(look -> look.after().toMillis() / 1000.0)
            .toArray(Double[]::new),
        comparison.looks().stream().map(Comparison.Look::information).toArray(Double[]::new));
  }
}
