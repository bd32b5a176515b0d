package dev.lettershop.store.ledger;

import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.suppression.AddressHash;
import dev.lettershop.store.suppression.HashForm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Skips claimed recipients whose address a suppression list has by SHA-1 or MD5. PostgreSQL cannot
 * work these out, and in a store that encrypts it does not know the address: so they are looked up
 * when the address is at hand, and not when the audience is frozen.
 */
final class ListedAddresses {
  /** Whether there is such a list at all. */
  static final String ANY =
      "(select exists (select from suppression where listed in ('Sha1', 'Md5')))";

  private static final String SKIP =
      """
      update delivery d set state = 'skipped', reason = 'suppressed', updated_at = now()
      where d.run_id = {0} and d.state = 'claimed' and d.profile_id in (
        select k.id from unnest({1}::bigint[], {2}::text[], {3}::bytea[]) k(id, form, digest)
        join suppression s on s.listed = k.form and s.address_hash = %s)
      returning d.profile_id
      """
          .formatted(AddressHash.listedSqlOf("k.digest"));

  private static final List<HashForm> FORMS = List.of(HashForm.Sha1, HashForm.Md5);

  private ListedAddresses() {}

  /**
   * @param addresses of claimed recipients, by profile
   * @return who is skipped
   */
  static Set<Long> skip(DSLContext db, Run run, Map<Long, String> addresses) {
    List<Long> ids = new ArrayList<>();
    List<String> forms = new ArrayList<>();
    List<byte[]> digests = new ArrayList<>();
    addresses.forEach(
        (id, address) -> {
          Optional<String> key = EmailKey.of(address);
          for (HashForm form : key.isPresent() ? FORMS : List.<HashForm>of()) {
            ids.add(id);
            forms.add(form.name());
            digests.add(form.digest(key.get()));
          }
        });
    return new HashSet<>(
        db.resultQuery(
                SKIP,
                DSL.val(run.id()),
                DSL.val(ids.toArray(Long[]::new)),
                DSL.val(forms.toArray(String[]::new)),
                DSL.val(digests.toArray(byte[][]::new)))
            .fetch(row -> row.get(0, Long.class)));
  }
}
