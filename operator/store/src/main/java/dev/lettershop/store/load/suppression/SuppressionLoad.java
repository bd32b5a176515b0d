package dev.lettershop.store.load.suppression;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.LoadSession;
import dev.lettershop.store.load.SessionLoad;
import dev.lettershop.store.suppression.AddressHash;
import dev.lettershop.store.suppression.ListEntry;
import dev.lettershop.store.suppression.SuppressionRows;
import dev.lettershop.store.suppression.Suppressions;
import java.util.Map;
import java.util.Optional;

/**
 * One sync of a source of suppressions. What is suppressed already stays as it is; what the source
 * no longer has stays suppressed.
 */
public final class SuppressionLoad extends SessionLoad<LoadedSuppression> {
  private static final String COLUMNS =
      """
      entry text collate "C", listed text collate "C", domain boolean, reason text collate "C",
      message text collate "C", code text, note text, since timestamptz
      """;

  private static final String ADDRESSES =
      """
      select distinct on (hash) hash, listed, reason, ?, message, code, null::bigint, note, since
      from (
        select case when s.listed is null then %s else %s end as hash, s.* from load_stage s
        where not s.domain) hashed
      order by hash, since, seq
      """;

  private static final String DOMAINS =
      """
      select distinct on (entry) entry, reason, ?, note, since from load_stage
      where domain order by entry, since, seq
      """;

  private final Vault vault;

  /**
   * @param source name of the source, kept with every suppression
   */
  public SuppressionLoad(Database database, String source, Continuation continuation) {
    super(new LoadSession(database, source, continuation, COLUMNS));
    this.vault = database.vault();
  }

  @Override
  public void add(LoadedSuppression suppression) {
    ListEntry entry = suppression.entry();
    Optional<String> own = entry.isDomain() ? Optional.empty() : Suppressions.ownKey(vault, entry);
    session
        .row()
        .string("email", own.orElse(entry.isDomain() ? entry.value().substring(1) : entry.value()))
        .string("email", own.isPresent() || entry.isDomain() ? null : entry.form().name())
        .value("email", entry.isDomain())
        .string("reason", suppression.reason().name())
        .string("message", suppression.message())
        .string("code", suppression.code())
        .string("note", suppression.note())
        .time("occurred_at", suppression.since());
    session.endRow(suppression.position());
  }

  @Override
  public LoadCounts commit() {
    session.startMerging();
    LoadCounts counts =
        session.guarded(
            () -> {
              String actor = "source/" + session.source();
              var author = new SuppressionRows.Author(actor, null, Map.of());
              long created =
                  SuppressionRows.add(
                      session.db(),
                      author,
                      ADDRESSES.formatted(
                          AddressHash.sql(vault, "s.entry"),
                          AddressHash.listedSqlOf("decode(s.entry, 'hex')")),
                      actor);
              created += SuppressionRows.addDomains(session.db(), author, DOMAINS, actor);
              if (created >= LoadSession.MANY) {
                session.db().execute("analyze suppression");
              }
              return new LoadCounts(session.read(), created, 0, 0, session.quarantined(), 0);
            });
    session.commit();
    return counts;
  }
}
