package dev.lettershop.collector.pages;

import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.collector.http.Request;
import dev.lettershop.collector.http.Response;
import dev.lettershop.store.consent.ConsentStatus;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all pages of one Collector share. Thread-safe. */
final class Site {
  private final CollectorPages pages;
  private final Map<String, OptIn> optIns;
  private final TopicTitles titles;
  private final Languages languages;
  private final StyleSheet style;
  private final PageRenderer renderer;

  /**
   * @param pages with a name
   * @param topics of the store
   */
  Site(CollectorPages pages, List<Topic> topics) {
    this.pages = pages;
    this.optIns = topics.stream().collect(Collectors.toMap(Topic::name, Topic::optIn));
    this.titles = new TopicTitles(pages, topics);
    this.languages = new Languages(pages.texts(), pages.locale());
    this.style = StyleSheet.of(pages.colours());
    this.renderer = new PageRenderer(pages.logo() == null ? null : origin(pages.logo()));
  }

  /** Scheme, host and port of a URL, as a content security policy names it. */
  static String origin(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  TopicTitles titles() {
    return titles;
  }

  StyleSheet style() {
    return style;
  }

  String sender() {
    return pages.name();
  }

  /** The collector's default language. */
  String locale() {
    return pages.locale();
  }

  /** By what rule a topic is consented to; null for one that the store does not have. */
  OptIn optIn(String topic) {
    return optIns.get(topic);
  }

  /** Whether somebody gets mail about a topic. */
  boolean receives(String topic, Map<String, ConsentStatus> consents) {
    ConsentStatus status = consents.get(topic);
    return optIn(topic) == OptIn.Implied
        ? status != ConsentStatus.Denied && status != ConsentStatus.Withdrawn
        : status == ConsentStatus.Granted;
  }

  /**
   * @param locale of the profile, or null
   */
  Language language(Request request, String locale) {
    return languages.best(request.query().get("lang"), locale, request.header("accept-language"));
  }

  /** A query that keeps the language of a page when it was asked for; empty otherwise. */
  String keepingLanguage(Request request, Language language) {
    return request.query().get("lang") == null ? "" : "?lang=" + language.tag();
  }

  Response page(
      int status, String template, Request request, Language language, String title, Object page) {
    return renderer.render(status, template, language, frame(language, title), page);
  }

  private Frame frame(Language language, String title) {
    Function<Language, Frame.Other> other =
        one ->
            new Frame.Other(
                one.tag(),
                one.of("language.name"),
                "?lang=" + one.tag(),
                one.tag().equals(language.tag()));
    return new Frame(
        language.tag(),
        title,
        pages.name(),
        style.name(),
        pages.logo(),
        pages.privacyUrl(),
        pages.imprintUrl(),
        pages.imprint(),
        languages.all().stream().map(other).toList());
  }

  /** A page that only says something. */
  Response message(
      int status, Request request, Language language, String heading, String... texts) {
    return page(
        status,
        "message",
        request,
        language,
        language.of(heading),
        new MessagePage(Arrays.stream(texts).map(language::of).toList()));
  }

  /** For a link that nobody has signed. */
  Response missing(Request request) {
    Language language = language(request, null);
    return message(404, request, language, "missing.heading", "missing.text");
  }

  /** For a link about somebody of whom nothing is stored (any more). */
  Response gone(Request request) {
    Language language = language(request, null);
    return message(200, request, language, "gone.heading", "gone.text");
  }

  /** With the headers of everything that is about one person. */
  Response secured(Response response) {
    return renderer.secured(response);
  }
}
