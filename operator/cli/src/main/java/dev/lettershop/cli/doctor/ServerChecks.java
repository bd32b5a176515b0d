package dev.lettershop.cli.doctor;

import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.RelayConnection;
import dev.lettershop.delivery.smtp.RelayException;
import dev.lettershop.delivery.smtp.SmtpRelay;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.database.ServerFacts;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreOpening;
import dev.lettershop.worker.access.TransportAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The servers that resources name. */
final class ServerChecks {
  static final int TESTED_POSTGRESQL = 17;
  private static final int FEW_CONNECTIONS = 40;
  private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
  private static final Duration ENDS_SOON = Duration.ofDays(14);

  private final Secrets secrets;
  private final Clock clock;

  ServerChecks(Secrets secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Of a store's PostgreSQL. */
  List<Check> store(Plan.Store plan) {
    String name = "PostgreSQL of store/" + plan.name();
    try (StoreOpening opening = StoreOpening.of(plan, secrets)) {
      Instant before = clock.instant();
      ServerFacts facts = opening.store().server();
      return judge(name, facts, before, clock.instant());
    } catch (RunException | StoreException e) {
      return List.of(Check.error(name, e.getMessage(), null));
    }
  }

  /**
   * What a server's facts mean.
   *
   * @param before when it was asked, by this machine's clock
   * @param after when it had answered
   */
  static List<Check> judge(String name, ServerFacts facts, Instant before, Instant after) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        facts.version() < TESTED_POSTGRESQL
            ? Check.warning(
                name,
                "is version " + facts.exact(),
                "tests run against " + TESTED_POSTGRESQL + "; older ones may work")
            : Check.ok(name, "version " + facts.exact() + (facts.tls() ? ", with TLS" : "")));
    if (!facts.encoding().equals("UTF8")) {
      checks.add(
          Check.error(
              name, "the database has the encoding " + facts.encoding(), "make it with UTF8"));
    }
    if (!facts.fsync() || !facts.synchronous()) {
      checks.add(
          Check.error(
              name,
              (facts.fsync() ? "synchronous_commit" : "fsync")
                  + " is off: after a crash the ledger may have forgotten mails, which then go out twice",
              "turn it on"));
    }
    if (facts.connections() < FEW_CONNECTIONS) {
      checks.add(
          Check.warning(
              name,
              "max_connections is " + facts.connections(),
              "each worker Pod needs a handful; docs/sizing.md counts them"));
    }
    if (!facts.mayCreate()) {
      checks.add(
          Check.error(
              name,
              "the user may not make tables",
              "GRANT CREATE ON SCHEMA public TO the user, or make it the owner of the database"));
    }
    checks.add(clocks(facts.now(), before, after));
    return checks;
  }

  private static Check clocks(Instant theirs, Instant before, Instant after) {
    Duration apart =
        theirs.isBefore(before)
            ? Duration.between(theirs, before)
            : theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
    return apart.compareTo(CLOCKS_APART) > 0
        ? Check.error(
            "Clock",
            "this machine and the database are " + apart.toSeconds() + " s apart",
            "let both follow a time server: leases, schedules and signatures rely on it")
        : Check.ok("Clock", "as that of the database");
  }

  /** Of a transport's SMTP servers. */
  List<Check> relays(Plan plan) {
    String name = "SMTP of transport/" + plan.transport().name();
    try {
      return new TransportAccess(plan, secrets)
          .servers().stream().map(settings -> relay(name, settings)).toList();
    } catch (RunException e) {
      return List.of(Check.error(name, e.getMessage(), null));
    }
  }

  private Check relay(String name, SmtpSettings settings) {
    try (MailRelay relay = new SmtpRelay(settings);
        RelayConnection connection = relay.connect()) {
      Optional<Instant> until = connection.certificateUntil();
      String where = settings.host() + ":" + settings.port();
      String what =
          where
              + switch (settings.tls()) {
                case StartTls -> ", with STARTTLS";
                case Implicit -> ", with TLS";
                case None -> ", in clear";
              }
              + (settings.credentials() == null ? ", without a login" : ", logged in");
      if (settings.tls() == SmtpSettings.Tls.None) {
        return Check.warning(
            name, what, "set tls to StartTls or Implicit unless it is on this machine");
      }
      return until.isPresent() && until.get().isBefore(clock.instant().plus(ENDS_SOON))
          ? Check.warning(name, what + "; its certificate ends on " + until.get(), "renew it")
          : Check.ok(name, what + until.map(end -> ", certificate until " + end).orElse(""));
    } catch (RelayException e) {
      return Check.error(name, e.getMessage(), null);
    }
  }
}
