package dev.lettershop.store.load.profile;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;

/**
 * Finds out which staged rows are about the same person, and which stored profile that is.
 *
 * <p>Rows are one person when they share an identity value, or when their values belong to one
 * stored profile; and so on from row to row. Each such component carries the lowest {@code seq} in
 * it as its label. Only rows that share something take part in the search: usually few. A row that
 * shares nothing and is not known is a person of its own, and stands in none of the tables.
 *
 * <p>Leaves: {@code load_known(seq, p0…, first_id, last_id)} rows that a stored profile is known
 * by, with the profile of each identity; {@code load_label(seq, label)} rows that share something;
 * {@code load_person(label, id, fresh, several)} one row for each person behind labels; {@code
 * load_merge(loser, survivor)} stored profiles that turned out to be one person, the lowest id
 * surviving.
 */
final class PersonResolution {

  private final DSLContext db;
  private final List<String> kinds;
  private final long base;
  private long known;
  private long labelled;

  /**
   * @param base a new person has the id {@code base + seq} of its first row
   */
  PersonResolution(DSLContext db, List<String> kinds, long base) {
    this.db = db;
    this.kinds = kinds;
    this.base = base;
  }

  void run() {
    separate();
    findKnown();
    linkRows();
    spreadLabels();
    namePersons();
    findMerges();
  }

  /** How many rows a stored profile is known by. */
  long known() {
    return known;
  }

  /** How many rows share something with others. */
  long labelled() {
    return labelled;
  }

  /** A row does not connect what somebody has declared to be two persons: its key prevails. */
  private void separate() {
    if (!db.fetchSingle("select exists (select from separation)").get(0, Boolean.class)) {
      return;
    }
    for (int i = 0; i < kinds.size(); i++) {
      for (int j = i + 1; j < kinds.size(); j++) {
        db.execute(
            """
            update load_stage s set k%2$d = null from separation x
            where x.kind = ? and x.value = s.k%1$d and x.other_kind = ? and x.other_value = s.k%2$d
            """
                .formatted(i, j),
            kinds.get(i),
            kinds.get(j));
      }
    }
  }

  private String each(IntFunction<String> term, String separator) {
    return IntStream.range(0, kinds.size()).mapToObj(term).collect(Collectors.joining(separator));
  }

  private void findKnown() {
    boolean nobody = !db.fetchSingle("select exists (select from identity)").get(0, Boolean.class);
    String ids = each(i -> "p" + i, ", ");
    db.execute(
        """
        create temp table load_known on commit drop as
        select m.*, least(%1$s) as first_id, greatest(%1$s) as last_id
        from (select s.seq, %2$s from load_stage s %3$s) m
        where coalesce(%1$s) is not null and not ?
        """
            .formatted(
                ids,
                each(i -> "i%1$d.profile_id as p%1$d".formatted(i), ", "),
                each(
                    i ->
                        "left join identity i%1$d on i%1$d.kind = ? and i%1$d.value = s.k%1$d"
                            .formatted(i),
                    " ")),
        with(kinds, nobody));
    db.execute("analyze load_known");
    known = db.fetchSingle("select count(*) from load_known").get(0, Long.class);
  }

  private static Object[] with(List<String> kinds, boolean last) {
    Object[] binds = kinds.toArray(new Object[kinds.size() + 1]);
    binds[kinds.size()] = last;
    return binds;
  }

  /** One row for each row and thing that it shares with others. */
  private void linkRows() {
    String values =
        each(
            i ->
                "select distinct %1$d as kind, k%1$d as value from load_stage where again and k%1$d is not null"
                    .formatted(i),
            " union all ");
    String hits =
        each(
            i ->
                "select s.seq, v.node from load_stage s join shared v on v.kind = %1$d and v.value = s.k%1$d"
                    .formatted(i),
            " union all ");
    String profiles = each(i -> "k.p" + i, ", ");
    db.execute(
        """
        create temp table load_link on commit drop as
        with shared as materialized (
          select kind, value, row_number() over () as node from (%s) v),
        hit as materialized (%s),
        touched as (
          select seq, first_id as profile_id from load_known
          union all
          select distinct k.seq, u.profile_id
          from load_known k cross join lateral unnest(array[%s]) u(profile_id)
          where k.first_id < u.profile_id)
        select seq, node from hit
        where node in (select node from hit group by node having count(*) > 1)
        union all
        select seq, -profile_id from touched
        where profile_id in
          (select profile_id from touched group by profile_id having count(*) > 1)
        """
            .formatted(values, hits, profiles));
    db.execute("analyze load_link");
  }

  private void spreadLabels() {
    db.execute(
        """
        create temp table load_label on commit drop as
        select distinct seq, seq as label from load_link
        """);
    db.execute("analyze load_label");
    labelled = db.fetchSingle("select count(*) from load_label").get(0, Long.class);
    int moved = labelled > 0 ? 1 : 0;
    while (moved > 0) {
      moved =
          db.execute(
              """
              with lowest as (
                select k.node, min(l.label) as label
                from load_link k join load_label l using (seq) group by k.node),
              better as (
                select k.seq, min(n.label) as label
                from load_link k join lowest n using (node) group by k.seq)
              update load_label l set label = b.label
              from better b where b.seq = l.seq and b.label < l.label
              """);
      // A label is a row with a label of its own: following it halves what is left of a long chain.
      db.execute(
          """
          update load_label l set label = n.label
          from load_label n where n.seq = l.label and n.label < l.label
          """);
    }
  }

  private void namePersons() {
    db.execute(
        """
        create temp table load_person on commit drop as
        select label, coalesce(first_id, ? + label) as id, first_id is null as fresh,
               coalesce(first_id < last_id, false) as several
        from (
          select l.label, min(k.first_id) as first_id, max(k.last_id) as last_id
          from load_label l left join load_known k using (seq)
          group by l.label) found
        """,
        base);
    db.execute("analyze load_person");
  }

  private void findMerges() {
    String profiles = each(i -> "k.p" + i, ", ");
    db.execute(
        """
        create temp table load_merge on commit drop as
        select u.profile_id as loser, p.id as survivor
        from load_person p
        join load_label l on l.label = p.label
        join load_known k on k.seq = l.seq
        cross join lateral unnest(array[%1$s]) u(profile_id)
        where p.several and u.profile_id > p.id
        union
        select u.profile_id, k.first_id
        from load_known k cross join lateral unnest(array[%1$s]) u(profile_id)
        where k.first_id < k.last_id and u.profile_id > k.first_id
          and not exists (select from load_label l where l.seq = k.seq)
        """
            .formatted(profiles));
  }
}
