package dev.lettershop.store.pace;

/**
 * What counts against a frequency cap, as SQL over a {@code run r} and its {@code delivery d}: mail
 * of other runs that went out within the cap's time or is about to, and what runs of a higher
 * priority still want to send. Dry runs, tests and transactional mail, which has no topic, do not
 * count.
 */
public final class MailInWindow {

  private MailInWindow() {}

  /** Which runs may have something that counts. */
  public static String runs(String run, String since) {
    return """
        r.id <> %1$s and not r.dry_run and not r.test and r.topic is not null and r.state in ('Frozen', 'Completed')
        and (r.completed_at is null or r.completed_at > %2$s)"""
        .formatted(run, since);
  }

  /** Which of their rows count. */
  public static String rows(String since, String priority) {
    return """
        (d.state in ('claimed', 'sending', 'sent', 'uncertain') and d.updated_at > %1$s
         or d.state in ('planned', 'deferred') and r.priority > %2$s and r.frozen_at > %1$s)"""
        .formatted(since, priority);
  }
}
