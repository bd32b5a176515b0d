package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.pages.LinkVerifier.Verified;
import dev.lettershop.collector.pages.PreferencesView.Step;
import dev.lettershop.collector.pages.Unsubscriptions.Way;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.preference.CurrentChoices;
import dev.lettershop.store.preference.Preferences;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Answers {@code /u/}: a page for people, and the POST of mail programs (RFC 8058), which needs
 * nothing but the token and is answered without page, cookie or redirect. While the database is
 * away, the page has the button alone, and what it says waits on the disk.
 */
final class UnsubscribeHandler {
  private static final Logger LOG = Logger.getLogger(UnsubscribeHandler.class);

  /** A field that only the page's own form has. */
  private static final String FROM_PAGE = "page";

  private final Site site;
  private final LinkVerifier links;
  private final Preferences preferences;
  private final PreferencesView view;
  private final Unsubscriptions unsubscriptions;

  UnsubscribeHandler(
      Site site,
      LinkVerifier links,
      Preferences preferences,
      PreferencesView view,
      Unsubscriptions unsubscriptions) {
    this.site = site;
    this.links = links;
    this.preferences = preferences;
    this.view = view;
    this.unsubscriptions = unsubscriptions;
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
      return preferences
          .read(link.get().subject().runId(), link.get().subject().profileId())
          .map(chosen -> view.show(request, link.get(), chosen))
          .orElseGet(() -> site.gone(request));
    } catch (StoreException failure) {
      LOG.warnf("A page shows no choices: %s", failure.getMessage());
      return view.away(request, link.get());
    }
  }

  /** Ends the consent, whatever the body says. */
  Response post(Request request) {
    boolean page = FormFields.of(request).has(FROM_PAGE);
    Optional<Verified> link = verified(request);
    if (link.isEmpty()) {
      return page
          ? site.missing(request)
          : site.secured(Response.text(404, "This link is unknown\n"));
    }
    if (!page) {
      unsubscriptions.ask(request, link.get().subject(), Way.ONE_CLICK);
      return site.secured(Response.text(200, "Unsubscribed\n"));
    }
    if (unsubscriptions.isStoreAway()) {
      return unsubscriptions.recorded(request, link.get().subject(), Way.BUTTON);
    }
    try {
      return ended(request, link.get());
    } catch (StoreException failure) {
      LOG.warnf("Somebody unsubscribes while the store fails: %s", failure.getMessage());
      return unsubscriptions.recorded(request, link.get().subject(), Way.BUTTON);
    }
  }

  private Response ended(Request request, Verified link) {
    long run = link.subject().runId();
    long profile = link.subject().profileId();
    Optional<CurrentChoices> before = preferences.read(run, profile);
    before.ifPresent(chosen -> end(request, run, chosen));
    return preferences
        .read(run, profile)
        .map(after -> show(request, link, before.orElse(after), after))
        .orElseGet(() -> site.gone(request));
  }

  private void end(Request request, long run, CurrentChoices chosen) {
    Map<String, Object> evidence =
        Evidence.of(request, Way.BUTTON.page(), site.language(request, chosen.locale()));
    evidence.put("mail_run", run);
    preferences.say(
        chosen.profileId(), unsubscriptions.statements(chosen), Way.BUTTON.source(), evidence);
  }

  private Response show(
      Request request, Verified link, CurrentChoices before, CurrentChoices after) {
    Language language = site.language(request, after.locale());
    Collection<String> ended =
        unsubscriptions.topics(before).stream()
            .filter(topic -> site.receives(topic, before.consents()))
            .toList();
    String topics =
        before.about().stream()
            .sorted()
            .map(topic -> site.titles().title(topic, language))
            .collect(Collectors.joining(", "));
    String heading =
        before.about().isEmpty()
            ? language.of("all.done")
            : language.of("unsubscribe.done", "topic", topics);
    return view.show(
        request,
        link,
        after,
        language,
        new Step(heading, List.of(language.of("unsubscribe.note")), ended));
  }

  private Optional<Verified> verified(Request request) {
    return links.verify(Purpose.Unsubscribe, request.parameters().get("token"));
  }
}
