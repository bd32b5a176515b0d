package dev.lettershop.store.ledger;

import dev.lettershop.profile.Event;
import dev.lettershop.store.view.EventProperties;
import dev.lettershop.store.view.ProfileView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/** What triggered the mails of a run. */
final class Causes {
  private static final String CAUSES =
      """
      select e.profile_id, case when t.kind = 'event' then t.source end, e.triggered_at,
             e.properties::text, e.decided_at
      from trigger_entry e join campaign_trigger t on t.id = e.trigger_id
      where e.trigger_id = ? and e.run_id = ? and e.profile_id = any(?::bigint[])
      order by e.triggered_at
      """;

  private Causes() {}

  /** By profile; nothing where the run has an audience. */
  static Map<Long, Recipient.Cause> of(
      DSLContext db, Run run, ProfileView view, List<Long> profiles) {
    if (run.trigger() == null || profiles.isEmpty()) {
      return Map.of();
    }
    EventProperties properties = new EventProperties(view.schema());
    Map<Long, Recipient.Cause> causes = new HashMap<>();
    db.fetch(CAUSES, run.trigger(), run.id(), profiles.toArray(Long[]::new))
        .forEach(
            r ->
                causes.put(
                    r.get(0, Long.class),
                    new Recipient.Cause(
                        r.get(1) == null
                            ? null
                            : new Event(
                                r.get(1, String.class),
                                r.get(2, Instant.class),
                                properties.read(r.get(1, String.class), r.get(3, String.class))),
                        r.get(4, Instant.class))));
    return causes;
  }
}
