package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
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
 * What unsubscribing says, and how it is recorded: also while the database is away, since mail
 * programs do not ask twice, and people should not have to. A refusal that had to wait counts even
 * when the person has agreed to something in between.
 */
final class Unsubscriptions {
  static final String KIND = "unsubscribe";

  private final Site site;
  private final Preferences preferences;
  private final Spool spool;
  private final Clock clock;

  /**
   * As it waits on the disk.
   *
   * @param everything whether all topics end, and not only the mail's
   */
  record Asked(
      long run, long profile, boolean everything, String source, Map<String, Object> evidence) {}

  /**
   * Who asks, and how.
   *
   * @param source of the statements, such as {@code one-click}
   * @param page as evidence
   */
  record Way(String source, String page) {
    static final Way ONE_CLICK = new Way("one-click", "one-click");
    static final Way BUTTON = new Way("unsubscribe-page", "unsubscribe");
    static final Way EVERYTHING = new Way("preferences", "all");
  }

  Unsubscriptions(Site site, Preferences preferences, Spool spool, Clock clock) {
    this.site = site;
    this.preferences = preferences;
    this.spool = spool;
    this.clock = clock;
    spool.register(KIND, this::apply);
  }

  /** Whether asking the database is likely to take long for nothing. */
  boolean isStoreAway() {
    return spool.isAway();
  }

  /**
   * Has it recorded, or on the disk.
   *
   * @throws SpoolFullException when neither could be done
   */
  void ask(Request request, Subject subject, Way way) {
    Map<String, Object> evidence = Evidence.of(request, way.page(), site.language(request, null));
    evidence.put("mail_run", subject.runId());
    evidence.put("asked_at", clock.instant().toString());
    Asked asked =
        new Asked(
            subject.runId(), subject.profileId(), way == Way.EVERYTHING, way.source(), evidence);
    try {
      spool.keep(KIND, JsonMappers.PLAIN.writeValueAsBytes(asked));
    } catch (IOException e) {
      throw new UncheckedIOException("Texts and numbers can be written", e);
    }
  }

  /**
   * The same for somebody who reads the answer.
   *
   * @throws SpoolFullException when neither could be done
   */
  Response recorded(Request request, Subject subject, Way way) {
    ask(request, subject, way);
    Language language = site.language(request, null);
    return site.message(200, request, language, "recorded.heading", "recorded.text");
  }

  private void apply(List<byte[]> records) {
    for (byte[] each : records) {
      Asked asked = read(each);
      preferences
          .read(asked.run(), asked.profile())
          .ifPresent(
              chosen ->
                  preferences.say(
                      chosen.profileId(),
                      asked.everything() ? everything(chosen) : statements(chosen),
                      asked.source(),
                      asked.evidence()));
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
    return ending(topics(chosen), chosen);
  }

  /** That nothing more is wanted, whatever it is about. */
  Map<String, ConsentStatus> everything(CurrentChoices chosen) {
    return ending(all(chosen), chosen);
  }

  private static Map<String, ConsentStatus> ending(Set<String> topics, CurrentChoices chosen) {
    Map<String, ConsentStatus> statements = new TreeMap<>();
    for (String topic : topics) {
      // Whoever was never signed up has nothing to withdraw.
      boolean pending = chosen.consents().get(topic) == ConsentStatus.Pending;
      statements.put(topic, pending ? ConsentStatus.Denied : ConsentStatus.Withdrawn);
    }
    return statements;
  }

  /** What the mail was about; all topics when nobody knows that any more. */
  Set<String> topics(CurrentChoices chosen) {
    return chosen.about().isEmpty() ? all(chosen) : chosen.about();
  }

  private Set<String> all(CurrentChoices chosen) {
    Set<String> all = new TreeSet<>(chosen.consents().keySet());
    all.addAll(site.titles().all());
    return all;
  }
}
