package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.pages.LinkVerifier.Verified;
import dev.lettershop.collector.pages.PreferencesView.Step;
import dev.lettershop.collector.pages.Unsubscriptions.Way;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.preference.CurrentChoices;
import dev.lettershop.store.preference.Preferences;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Answers {@code /p/}: the page on which people choose, and what they chose there. */
final class PreferencesHandler {
  private static final Logger LOG = Logger.getLogger(PreferencesHandler.class);

  private final Site site;
  private final LinkVerifier links;
  private final Preferences preferences;
  private final PreferencesView view;
  private final Unsubscriptions unsubscriptions;
  private final Clock clock;

  PreferencesHandler(
      Site site,
      LinkVerifier links,
      Preferences preferences,
      PreferencesView view,
      Unsubscriptions unsubscriptions,
      Clock clock) {
    this.site = site;
    this.links = links;
    this.preferences = preferences;
    this.view = view;
    this.unsubscriptions = unsubscriptions;
    this.clock = clock;
  }

  /** Shows the page; changes nothing. */
  Response get(Request request) {
    Optional<Verified> link = verified(request);
    if (link.isEmpty()) {
      return site.missing(request);
    }
    if (unsubscriptions.isStoreAway()) {
      return view.away(request, link.get());
    }
    try {
      return read(link.get())
          .map(chosen -> view.show(request, link.get(), chosen))
          .orElseGet(() -> site.gone(request));
    } catch (StoreException failure) {
      LOG.warnf("A page shows no choices: %s", failure.getMessage());
      return view.away(request, link.get());
    }
  }

  /** Does what a button of the page says. */
  Response post(Request request) {
    Optional<Verified> link = verified(request);
    if (link.isEmpty()) {
      return site.missing(request);
    }
    String button = FormFields.of(request).first("do");
    try {
      return done(request, link.get(), button);
    } catch (StoreException failure) {
      if (!"all".equals(button)) {
        throw failure;
      }
      LOG.warnf("Somebody unsubscribes while the store fails: %s", failure.getMessage());
      return unsubscriptions.recorded(request, link.get().subject(), Way.EVERYTHING);
    }
  }

  private Response done(Request request, Verified link, String button) {
    Optional<CurrentChoices> before = read(link);
    if (before.isEmpty()) {
      return site.gone(request);
    }
    Language language = site.language(request, before.get().locale());
    Step step = step(request, link, before.get(), language, button);
    if (step == null) {
      return site.message(400, request, language, "error.heading", "error.text");
    }
    return read(link)
        .map(after -> view.show(request, link, after, language, step))
        .orElseGet(() -> site.gone(request));
  }

  /** Null for what no button says. */
  private Step step(
      Request request, Verified link, CurrentChoices chosen, Language language, String button) {
    FormFields form = FormFields.of(request);
    Choosing choosing = new Choosing(request, link, chosen, language);
    return switch (button) {
      case "topics" -> choose(choosing, form.all("topic"));
      case "undo" -> undo(choosing, form.all("topic"));
      case "all" -> endAll(choosing);
      case "pause" -> pause(choosing, form.first("days"));
      case "resume" -> {
        preferences.endPause(chosen.profileId());
        yield new Step(language.of("pause.ended"), List.of(), List.of());
      }
      default -> null;
    };
  }

  /** Who chooses, where, and what counted before. */
  private record Choosing(
      Request request, Verified link, CurrentChoices before, Language language) {}

  private Step choose(Choosing choosing, List<String> wanted) {
    Map<String, ConsentStatus> before = choosing.before().consents();
    Map<String, ConsentStatus> statements = new TreeMap<>();
    List<String> choices = new ArrayList<>(site.titles().choices(before.keySet()));
    if (site.titles().tracking() != null && site.optIn(site.titles().tracking()) != null) {
      choices.add(site.titles().tracking());
    }
    for (String topic : choices) {
      boolean yes = wanted.contains(topic);
      if (yes != site.receives(topic, before)) {
        statements.put(topic, yes ? ConsentStatus.Granted : ConsentStatus.Withdrawn);
      }
    }
    say(choosing, statements, "preferences");
    return new Step(choosing.language().of("topics.saved"), List.of(), List.of());
  }

  private Step undo(Choosing choosing, List<String> topics) {
    Map<String, ConsentStatus> statements = new TreeMap<>();
    for (String topic : topics) {
      if (site.optIn(topic) != null && !site.receives(topic, choosing.before().consents())) {
        statements.put(topic, ConsentStatus.Granted);
      }
    }
    say(choosing, statements, "undo");
    return new Step(choosing.language().of("undo.done"), List.of(), List.of());
  }

  private Step endAll(Choosing choosing) {
    Map<String, ConsentStatus> before = choosing.before().consents();
    say(choosing, unsubscriptions.everything(choosing.before()), Way.EVERYTHING.page());
    return new Step(
        choosing.language().of("all.done"),
        List.of(choosing.language().of("unsubscribe.note")),
        site.titles().all().stream().filter(topic -> site.receives(topic, before)).toList());
  }

  private Step pause(Choosing choosing, String days) {
    Optional<Integer> length =
        PreferencesView.PAUSES.stream().filter(d -> d.toString().equals(days)).findFirst();
    if (length.isEmpty()) {
      return null;
    }
    LocalDate until = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(length.get());
    preferences.pause(choosing.before().profileId(), until);
    String day = choosing.language().day(until.atStartOfDay().toInstant(ZoneOffset.UTC));
    return new Step(choosing.language().of("pause.done", "date", day), List.of(), List.of(), true);
  }

  private void say(Choosing choosing, Map<String, ConsentStatus> statements, String page) {
    Map<String, Object> evidence = Evidence.of(choosing.request(), page, choosing.language());
    evidence.put("mail_run", choosing.link().subject().runId());
    preferences.say(choosing.before().profileId(), statements, "preferences", evidence);
  }

  private Optional<CurrentChoices> read(Verified link) {
    return preferences.read(link.subject().runId(), link.subject().profileId());
  }

  private Optional<Verified> verified(Request request) {
    return links.verify(Purpose.Preferences, request.parameters().get("token"));
  }
}
