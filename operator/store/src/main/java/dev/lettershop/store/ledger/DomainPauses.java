package dev.lettershop.store.ledger;

import dev.lettershop.store.database.Database;
import java.time.Duration;

/** Domains that are left alone for a while, known to all who send through a transport. */
final class DomainPauses {

  private final Database database;

  DomainPauses(Database database) {
    this.database = database;
  }

  void rest(String transport, String domain, int failures, Duration time) {
    database.once(
        "let a domain rest",
        db ->
            db.execute(
                """
                insert into domain_rest as d (transport, domain, failures, until)
                values (?, ?, ?, now() + make_interval(secs => ?))
                on conflict (transport, domain) do update set
                  failures = excluded.failures, until = greatest(d.until, excluded.until)
                """,
                transport,
                domain,
                failures,
                Leases.seconds(time)));
  }

  void end(String transport, String domain) {
    database.once(
        "let a domain be mailed again",
        db ->
            db.execute(
                "delete from domain_rest where transport = ? and domain = ?", transport, domain));
  }
}
