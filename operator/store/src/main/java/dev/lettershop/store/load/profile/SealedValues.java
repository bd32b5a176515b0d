package dev.lettershop.store.load.profile;

import dev.lettershop.profile.Protection;
import dev.lettershop.store.encryption.PersonSeal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/**
 * What encryption adds to a load. Each record is sealed with a fresh key, so what says the same as
 * before looks different: it is replaced by what is stored, before anything is compared. And the
 * keys of what is new are kept.
 */
final class SealedValues {

  private final DSLContext db;
  private final StagedProfiles shape;
  private final PersonResolution persons;
  private final LoadNumbers numbers;
  private final List<Sealed> sealed = new ArrayList<>();

  /**
   * @param name in the staging table
   * @param target quoted name in {@code profile}
   */
  private record Sealed(String attribute, String name, String target) {
    /** Whether the stored value is the same. */
    String equal(String stored) {
      return "left(t.%1$s, %3$d) = left(%2$s, %3$d)".formatted(name, stored, PersonSeal.SAME);
    }
  }

  SealedValues(DSLContext db, StagedProfiles shape, PersonResolution persons, LoadNumbers numbers) {
    this.db = db;
    this.shape = shape;
    this.persons = persons;
    this.numbers = numbers;
    if (shape.encrypted()) {
      sealed.add(new Sealed("email", "email", "email"));
      shape.columns().stream()
          .filter(c -> c.protection() == Protection.Encrypted)
          .forEach(c -> sealed.add(new Sealed(c.attribute(), c.name(), c.target())));
    }
  }

  /** Replaces staged values by stored ones that say the same, of the profile or of the record. */
  void takeStored() {
    if (sealed.isEmpty() || persons.known() == 0) {
      return;
    }
    String set =
        sealed.stream()
            .map(
                s ->
                    "%1$s = case when %2$s then p.%3$s when %4$s then %5$s else t.%1$s end"
                        .formatted(
                            s.name(),
                            s.equal("p." + s.target()),
                            s.target(),
                            s.equal(said(s)),
                            said(s)))
            .collect(Collectors.joining(", "));
    String any =
        sealed.stream()
            .flatMap(s -> Stream.of(s.equal("p." + s.target()), s.equal(said(s))))
            .collect(Collectors.joining(" or "));
    db.execute(
        """
        update load_stage x set %1$s
        from load_known k join load_stage t using (seq) join profile p on p.id = k.first_id
        left join contribution c on c.profile_id = p.id and c.origin = %3$d and c.key = %4$s
        where x.seq = k.seq and (%2$s)
        """
            .formatted(set, any, numbers.origin(), shape.recordKey("t")));
  }

  private static String said(Sealed value) {
    return "(c.attributes ->> '" + value.attribute() + "')";
  }

  /**
   * Keeps the keys that something is sealed with.
   *
   * @param alone where a row of {@code load_stage s} is known to nobody and shares nothing
   */
  void insertKeys(String alone) {
    if (sealed.isEmpty()) {
      return;
    }
    String used =
        sealed.stream()
            .map(
                s ->
                    "substr(s.%s, %d, %d) = s.lock"
                        .formatted(s.name(), PersonSeal.SAME + 1, PersonSeal.LOCK))
            .collect(Collectors.joining(" or ", "(", ")"));
    List<String> parts = new ArrayList<>();
    parts.add(
        "select %d + s.seq as id, s.lock, s.wrapped from load_stage s where %s and %s"
            .formatted(numbers.base(), alone, used));
    if (persons.known() > 0) {
      parts.add(
          """
          select k.first_id, s.lock, s.wrapped from load_known k join load_stage s using (seq)
          where not exists (select from load_label l where l.seq = k.seq) and %s
          """
              .formatted(used));
    }
    if (persons.labelled() > 0) {
      parts.add(
          """
          select p.id, s.lock, s.wrapped
          from load_label l join load_person p using (label) join load_stage s using (seq)
          where %s
          """
              .formatted(used));
    }
    db.execute(
        "insert into person_key (profile_id, lock, wrapped) " + String.join(" union all ", parts));
  }
}
