package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.pages.LinkVerifier.Verified;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.delivery.message.RecipientLinks.Subject;
import dev.lettershop.store.preference.Confirmations;
import dev.lettershop.store.preference.Confirmations.State;
import dev.lettershop.store.preference.CurrentChoices;
import dev.lettershop.store.preference.Preferences;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers {@code /confirm/}: the second half of a double opt-in. Opening the link only shows a page
 * with a button, so that a scanner that follows links gives nobody's consent.
 */
final class ConfirmHandler {
  private final Site site;
  private final LinkVerifier links;
  private final Preferences preferences;
  private final Confirmations confirmations;
  private final Duration validFor;
  private final Clock clock;

  /**
   * @param validFor how long a sign-up can be confirmed
   */
  ConfirmHandler(
      Site site,
      LinkVerifier links,
      Preferences preferences,
      Confirmations confirmations,
      Duration validFor,
      Clock clock) {
    this.site = site;
    this.links = links;
    this.preferences = preferences;
    this.confirmations = confirmations;
    this.validFor = validFor;
    this.clock = clock;
  }

  /** Shows the page; changes nothing. */
  Response get(Request request) {
    Optional<Subject> subject = verified(request);
    if (subject.isEmpty()) {
      return site.missing(request);
    }
    Subject link = subject.get();
    return preferences
        .read(link.runId(), link.profileId())
        .map(
            chosen ->
                show(
                    request,
                    chosen,
                    confirmations.read(link.runId(), link.profileId(), validFor, clock.instant())))
        .orElseGet(() -> site.gone(request));
  }

  /** Confirms or declines; doing it twice answers the same. */
  Response post(Request request) {
    Optional<Subject> subject = verified(request);
    if (subject.isEmpty()) {
      return site.missing(request);
    }
    Subject link = subject.get();
    Optional<CurrentChoices> chosen = preferences.read(link.runId(), link.profileId());
    if (chosen.isEmpty()) {
      return site.gone(request);
    }
    Language language = site.language(request, chosen.get().locale());
    return switch (FormFields.of(request).first("do")) {
      case "confirm" ->
          confirmed(
              request,
              language,
              confirmations.confirm(
                  link.runId(),
                  link.profileId(),
                  validFor,
                  clock.instant(),
                  evidence(request, language)));
      case "decline" -> {
        confirmations.decline(
            link.runId(), link.profileId(), validFor, clock.instant(), evidence(request, language));
        yield site.message(200, request, language, "confirm.declined", "confirm.declinedNote");
      }
      // A form that lost its field on the way: ask again, and decide nothing.
      default -> get(request);
    };
  }

  private Response confirmed(Request request, Language language, Confirmations.Request confirmed) {
    return confirmed.state() == State.Over
        ? over(request, language)
        : site.message(200, request, language, "confirm.done", "confirm.note");
  }

  private Response over(Request request, Language language) {
    return site.message(200, request, language, "confirm.expired", "confirm.expiredNote");
  }

  private Response show(Request request, CurrentChoices chosen, Confirmations.Request asked) {
    Language language = site.language(request, chosen.locale());
    if (asked.state() != State.Open) {
      return confirmed(request, language, asked);
    }
    ConfirmPage page =
        new ConfirmPage(
            language.filled(
                "confirm.address",
                Map.of("address", MaskedAddress.of(chosen.address()), "sender", site.sender())),
            asked.topics().stream().map(t -> site.titles().title(t, language)).toList(),
            asked.wordings().stream().toList(),
            "?" + site.keepingLanguage(request, language).replaceFirst("^\\?", ""));
    return site.page(200, "confirm", request, language, language.of("confirm.heading"), page);
  }

  private Map<String, Object> evidence(Request request, Language language) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("confirmed_at", clock.instant().toString());
    Evidence.of(request, "confirm", language)
        .forEach((name, value) -> evidence.put("confirmed_" + name, value));
    return evidence;
  }

  private Optional<Subject> verified(Request request) {
    return links.verify(Purpose.Confirm, request.parameters().get("token")).map(Verified::subject);
  }
}
