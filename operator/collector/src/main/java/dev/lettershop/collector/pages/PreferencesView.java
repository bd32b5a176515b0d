package dev.lettershop.collector.pages;

import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.pages.LinkVerifier.Verified;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.delivery.message.RecipientLinks.Subject;
import dev.lettershop.store.preference.CurrentChoices;
import java.util.Collection;
import java.util.List;

/** Shows what somebody has chosen, after nothing or after a step. */
final class PreferencesView {
  /** Lengths of a pause, in days. */
  static final List<Integer> PAUSES = List.of(30, 90);

  private final Site site;

  PreferencesView(Site site) {
    this.site = site;
  }

  /**
   * What the last step did.
   *
   * @param heading in the page's language
   * @param notes in the page's language
   * @param undo topics that the step ended
   * @param saysPaused whether the heading tells of a pause
   */
  record Step(String heading, List<String> notes, Collection<String> undo, boolean saysPaused) {
    Step(String heading, List<String> notes, Collection<String> undo) {
      this(heading, notes, undo, false);
    }
  }

  /** The page while nobody can tell what somebody has chosen: one can unsubscribe, and no more. */
  Response away(Request request, Verified link) {
    Language language = site.language(request, null);
    return site.page(
        200,
        "away",
        request,
        language,
        language.of("page.heading", "sender", site.sender()),
        new AwayPage(unsubscribe(link, site.keepingLanguage(request, language))));
  }

  private static String unsubscribe(Verified link, String query) {
    Subject subject = link.subject();
    return "../u/"
        + link.signer().token(Purpose.Unsubscribe, subject.runId(), subject.profileId())
        + query;
  }

  /** The page as a link opens it. */
  Response show(Request request, Verified link, CurrentChoices chosen) {
    Language language = site.language(request, chosen.locale());
    List<String> ended =
        chosen.about().stream()
            .filter(topic -> !site.receives(topic, chosen.consents()))
            .map(topic -> language.of("unsubscribe.already", "topic", title(topic, language)))
            .toList();
    return show(
        request,
        link,
        chosen,
        language,
        new Step(language.of("page.heading", "sender", site.sender()), ended, List.of()));
  }

  /** The page after a step. */
  Response show(
      Request request, Verified link, CurrentChoices chosen, Language language, Step step) {
    Subject subject = link.subject();
    String query = site.keepingLanguage(request, language);
    List<String> first =
        chosen.about().stream()
            .filter(topic -> site.receives(topic, chosen.consents()))
            .sorted()
            .map(topic -> title(topic, language))
            .toList();
    List<Choice> topics =
        site.titles().choices(chosen.consents().keySet()).stream()
            .map(topic -> choice(topic, chosen, language))
            .toList();
    boolean subscribed =
        site.titles().all().stream().anyMatch(topic -> site.receives(topic, chosen.consents()));
    PreferencesPage page =
        new PreferencesPage(
            step.notes(),
            step.undo().stream().sorted().toList(),
            chosen.pausedUntil() != null,
            chosen.pausedUntil() == null || step.saysPaused()
                ? null
                : language.of("pause.active", "date", language.day(chosen.pausedUntil())),
            MaskedAddress.of(chosen.address()),
            unsubscribe(link, query),
            "../p/"
                + link.signer().token(Purpose.Preferences, subject.runId(), subject.profileId())
                + query,
            // Several at once belong to a sign-up, and are ended together.
            first.size() > 1 ? List.of(String.join(", ", first)) : first,
            topics,
            tracking(chosen, language),
            first.isEmpty(),
            subscribed,
            canPause(chosen),
            PAUSES);
    return site.page(200, "preferences", request, language, step.heading(), page);
  }

  private boolean canPause(CurrentChoices chosen) {
    return chosen.pausedUntil() == null
        && site.titles().all().stream()
            .anyMatch(
                topic ->
                    site.optIn(topic) != OptIn.Implied && site.receives(topic, chosen.consents()));
  }

  private Choice choice(String topic, CurrentChoices chosen, Language language) {
    return new Choice(
        topic,
        title(topic, language),
        site.titles().description(topic, language),
        site.receives(topic, chosen.consents()));
  }

  private Choice tracking(CurrentChoices chosen, Language language) {
    String topic = site.titles().tracking();
    return topic == null || site.optIn(topic) == null
        ? null
        : new Choice(
            topic,
            language.of("tracking.label", "sender", site.sender()),
            language.of("tracking.hint"),
            site.receives(topic, chosen.consents()));
  }

  private String title(String topic, Language language) {
    return site.titles().title(topic, language);
  }
}
