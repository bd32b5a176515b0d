package dev.lettershop.store.person;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.store.database.Database;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * All that was ever said about one person's consents, with the evidence: nothing of it is changed
 * when something new is said. Thread-safe.
 */
public final class ConsentHistory {
  private final Database database;

  public ConsentHistory(Database database) {
    this.database = database;
  }

  /** Oldest first; {@code counts} marks the row that decides about its topic now. */
  public List<Map<String, Object>> of(long profileId) {
    return database.once("read consents", db -> read(db, profileId));
  }

  List<Map<String, Object>> read(DSLContext db, long profileId) {
    List<Map<String, Object>> rows =
        PersonRows.fetch(
            db,
            """
            select c.topic, c.status, c.occurred_at, c.source, c.evidence, c.recorded_at,
              coalesce(s.status = c.status and s.occurred_at = c.occurred_at, false) as counts
            from consent c
            left join consent_state s on s.profile_id = c.profile_id and s.topic = c.topic
            where c.profile_id = ? order by c.occurred_at, c.recorded_at, c.topic, c.status
            """,
            profileId);
    for (Map<String, Object> row : rows) {
      if (row.get("evidence") instanceof JsonNode evidence && evidence.has("sealed")) {
        row.put(
            "evidence",
            PersonRows.tree(database.vault().openText(evidence.get("sealed").asText())));
      }
    }
    return rows;
  }
}
