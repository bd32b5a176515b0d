package dev.lettershop.store.load;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;

/**
 * Finds out which staged rows are about the same person, and which stored profile that is.
 *
 * <p>Rows are one person when they share an identity value, or when their values belong to one
 * stored profile; and so on from row to row. Each such component carries the lowest {@code seq} in
 * it as its label. Only rows that share something take part in the search: usually few.
 *
 * <p>Leaves: {@code load_ident(seq, kind, value, profile_id)} every identity of every row, with the
 * profile that has it; {@code load_label(seq, label)} rows that share something; {@code
 * load_person(label, id, fresh, several)} one row for each person; {@code load_merge(loser,
 * survivor)} stored profiles that turned out to be one person, the lowest id surviving.
 */
final class PersonResolution {

  private final DSLContext db;
  private final List<String> kinds;

  PersonResolution(DSLContext db, List<String> kinds) {
    this.db = db;
    this.kinds = kinds;
  }

  void run() {
    findIdentities();
    linkRows();
    spreadLabels();
    namePersons();
  }

  private void findIdentities() {
    String each =
        IntStream.range(0, kinds.size())
            .mapToObj(
                i ->
                    """
                    select s.seq, %1$d::smallint as kind, s.k%1$d as value, i.profile_id
                    from load_stage s left join identity i on i.kind = ? and i.value = s.k%1$d
                    where s.k%1$d is not null
                    """
                        .formatted(i))
            .collect(Collectors.joining(" union all "));
    db.execute(
        "create temp table load_ident on commit drop as " + each, kinds.toArray(Object[]::new));
    db.execute("analyze load_ident");
  }

  /** One row for each row and thing that it shares with others. */
  private void linkRows() {
    db.execute(
        """
        create temp table load_link on commit drop as
        with shared_value as (
          select kind, value, row_number() over () as node
          from load_ident group by kind, value having count(*) > 1),
        shared_profile as (
          select profile_id from load_ident where profile_id is not null
          group by profile_id having min(seq) <> max(seq))
        select i.seq, v.node from load_ident i join shared_value v using (kind, value)
        union all
        select distinct i.seq, -i.profile_id from load_ident i join shared_profile using (profile_id)
        """);
    db.execute("analyze load_link");
  }

  private void spreadLabels() {
    db.execute(
        """
        create temp table load_label on commit drop as
        select distinct seq, seq as label from load_link
        """);
    db.execute("analyze load_label");
    int moved;
    do {
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
    } while (moved > 0);
  }

  private void namePersons() {
    db.execute(
        """
        create temp table load_person on commit drop as
        select label, coalesce(first_id, nextval('profile_id_seq')) as id, first_id is null as fresh,
               first_id < last_id as several
        from (
          select coalesce(l.label, i.seq) as label,
                 min(i.profile_id) as first_id, max(i.profile_id) as last_id
          from load_ident i left join load_label l on l.seq = i.seq
          group by 1 order by 1) found
        """);
    db.execute("analyze load_person");
    db.execute(
        """
        create temp table load_merge on commit drop as
        select distinct i.profile_id as loser, p.id as survivor
        from load_person p
        join load_label l on l.label = p.label
        join load_ident i on i.seq = l.seq
        where p.several and i.profile_id > p.id
        union
        select i.profile_id, p.id
        from load_person p join load_ident i on i.seq = p.label
        where p.several and i.profile_id > p.id
        """);
  }
}
