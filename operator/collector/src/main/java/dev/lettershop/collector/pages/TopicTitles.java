package dev.lettershop.collector.pages;

import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.collector.page.PageTopic;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.profile.LocaleChain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people read in place of a topic's name, and which topics they can choose. */
final class TopicTitles {
  private final Map<String, PageTopic> shown = new LinkedHashMap<>();
  private final List<String> all;
  private final String tracking;
  private final String standard;

  /**
   * @param topics of the store
   */
  TopicTitles(CollectorPages pages, List<Topic> topics) {
    this.all = topics.stream().map(Topic::name).toList();
    this.tracking = pages.trackingTopic();
    this.standard = pages.locale();
    if (pages.topics().isEmpty()) {
      all.forEach(name -> shown.put(name, new PageTopic(name, null, null)));
    }
    pages.topics().stream()
        .filter(topic -> all.contains(topic.name()))
        .forEach(topic -> shown.put(topic.name(), topic));
  }

  /** Every topic of the store. */
  List<String> all() {
    return all;
  }

  /** The topic that is the consent to measuring, or null. */
  String tracking() {
    return tracking;
  }

  /**
   * Topics to choose from, in the order of the page: those that it names, and others about which
   * somebody has said something.
   */
  List<String> choices(Collection<String> said) {
    List<String> choices = new ArrayList<>(shown.keySet());
    all.stream().filter(t -> said.contains(t) && !choices.contains(t)).forEach(choices::add);
    choices.remove(tracking);
    return choices;
  }

  String title(String topic, Language language) {
    PageTopic shownTopic = shown.get(topic);
    String title = shownTopic == null ? null : text(shownTopic.title(), language);
    return title == null ? spoken(topic) : title;
  }

  /** Empty when there is none. */
  String description(String topic, Language language) {
    PageTopic shownTopic = shown.get(topic);
    String description = shownTopic == null ? null : text(shownTopic.description(), language);
    return description == null ? "" : description;
  }

  private String text(Map<String, String> texts, Language language) {
    return ByLanguage.text(texts, language.tag(), standard);
  }

  /** {@code new-arrivals} as {@code New arrivals}. */
  static String spoken(String name) {
    String words = name.replace('-', ' ').replace('_', ' ').strip();
    return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** Texts that a resource gives by language. */
  static final class ByLanguage {
    private ByLanguage() {}

    /** The best of them; any when none fits; null when there are none. */
    static String text(Map<String, String> texts, String tag, String standard) {
      Map<String, String> canonical = new HashMap<>();
      texts.forEach((locale, text) -> canonical.put(LocaleChain.canonical(locale), text));
      for (String wish : new String[] {tag, standard, "en"}) {
        String text = LocaleChain.best(canonical, wish);
        if (text != null) {
          return text;
        }
      }
      return canonical.keySet().stream().sorted().findFirst().map(canonical::get).orElse(null);
    }
  }
}
