package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.collector.spool.SpoolFullException;
import dev.lettershop.delivery.message.RecipientLinks.Subject;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.preference.CurrentChoices;
import dev.lettershop.store.preference.Preferences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What unsubscribing from a mail says, and how it is recorded when a mail program asks for it: also
 * while the database is away, since mail programs do not ask twice. A refusal that had to wait
 * counts even when the person has agreed to something in between.
 */
final class OneClick {
  static final String KIND = "unsubscribe";

  private final Site site;
  private final Preferences preferences;
  private final Spool spool;
  private final Clock clock;

  /** As it waits on the disk. */
  record Asked(long run, long profile, Map<String, Object> evidence) {}

  OneClick(Site site, Preferences preferences, Spool spool, Clock clock) {
    this.site = site;
    this.preferences = preferences;
    this.spool = spool;
    this.clock = clock;
    spool.register(KIND, this::apply);
  }

  /**
   * Has it recorded, or on the disk.
   *
   * @throws SpoolFullException when neither could be done
   */
  void ask(Request request, Subject subject) {
    Map<String, Object> evidence = Evidence.of(request, "one-click", site.language(request, null));
    evidence.put("mail_run", subject.runId());
    evidence.put("asked_at", clock.instant().toString());
    try {
      spool.keep(
          KIND,
          JsonMappers.PLAIN.writeValueAsBytes(
              new Asked(subject.runId(), subject.profileId(), evidence)));
    } catch (IOException e) {
      throw new UncheckedIOException("Texts and numbers can be written", e);
    }
  }

  private void apply(List<byte[]> records) {
    for (byte[] each : records) {
      Asked asked = read(each);
      preferences
          .read(asked.run(), asked.profile())
          .ifPresent(
              chosen ->
                  preferences.say(
                      chosen.profileId(), statements(chosen), "one-click", asked.evidence()));
    }
  }

  private static Asked read(byte[] asked) {
    try {
      return JsonMappers.PLAIN.readValue(asked, Asked.class);
    } catch (IOException e) {
      throw new UncheckedIOException("A record is not one of this version's", e);
    }
  }

  /** That nothing more about a mail's topics is wanted. */
  Map<String, ConsentStatus> statements(CurrentChoices chosen) {
    Map<String, ConsentStatus> statements = new TreeMap<>();
    for (String topic : topics(chosen)) {
      // Whoever was never signed up has nothing to withdraw.
      boolean pending = chosen.consents().get(topic) == ConsentStatus.Pending;
      statements.put(topic, pending ? ConsentStatus.Denied : ConsentStatus.Withdrawn);
    }
    return statements;
  }

  /** What the mail was about; all topics when nobody knows that any more. */
  Set<String> topics(CurrentChoices chosen) {
    if (!chosen.about().isEmpty()) {
      return chosen.about();
    }
    Set<String> all = new TreeSet<>(chosen.consents().keySet());
    all.addAll(site.titles().all());
    return all;
  }
}
