package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.collector.page.CollectorColours;
import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.collector.page.PageTopic;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.template.html.check.Colour;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what the pages of a collector look like and say. */
final class CollectorPagesCheck {
  /** WCAG 2.2, success criterion 1.4.3. */
  private static final double LEAST_CONTRAST = 4.5;

  private static final String FIELD = "spec.pages";
  private static final Pattern BRACES = Pattern.compile("\\{(\\w+)\\}");

  private final Findings findings;
  private final ResourceRef ref;
  private final StoreContext store;

  CollectorPagesCheck(Findings findings, ResourceRef ref, StoreContext store) {
    this.findings = findings;
    this.ref = ref;
    this.store = store;
  }

  void check(CollectorPages pages) {
    for (int i = 0; i < pages.topics().size(); i++) {
      PageTopic topic = pages.topics().get(i);
      String field = FIELD + ".topics[" + i + "]";
      topic(field + ".name", topic.name());
      languages(field + ".title", topic.title());
      languages(field + ".description", topic.description());
    }
    if (pages.trackingTopic() != null) {
      topic(FIELD + ".trackingTopic", pages.trackingTopic());
    }
    for (int i = 0; i < pages.texts().size(); i++) {
      texts(FIELD + ".texts[" + i + "].values", pages.texts().get(i).values());
    }
    colours(pages.colours());
  }

  private void texts(String field, Map<String, String> values) {
    Map<String, Set<String>> known = PageTextKeys.all();
    values.forEach(
        (key, text) -> {
          if (!known.containsKey(key)) {
            findings.error(
                ref, field, "unknown text \"" + key + "\"", DidYouMean.fix(key, known.keySet()));
            return;
          }
          Matcher braces = BRACES.matcher(text);
          while (braces.find()) {
            if (!known.get(key).contains(braces.group(1))) {
              findings.error(
                  ref,
                  field,
                  "nothing is put in for \"" + braces.group() + "\" in the text \"" + key + "\"",
                  known.get(key).isEmpty()
                      ? "remove it"
                      : "use {" + String.join("}, {", new TreeSet<>(known.get(key))) + "}");
            }
          }
        });
  }

  /** Says when the store has no such topic. */
  void topic(String field, String name) {
    if (store.topic(name).isEmpty()) {
      List<String> known = store.store().getSpec().topics().stream().map(Topic::name).toList();
      findings.error(
          ref,
          field,
          "ProfileStore/" + store.name() + " has no topic \"" + name + "\"",
          known.isEmpty() ? "declare it in spec.topics there" : DidYouMean.fix(name, known));
    }
  }

  /** Says when texts are given for what is not a language. */
  void languages(String field, Map<String, String> texts) {
    for (String tag : texts.keySet()) {
      if (LocaleChain.canonical(tag).isEmpty()) {
        findings.error(
            ref,
            field,
            "\"" + tag + "\" is not a language tag",
            "write one such as de or pt-BR (BCP 47)");
      }
    }
  }

  private void colours(CollectorColours colours) {
    if (colours == null || (colours.text() == null && colours.background() == null)) {
      return;
    }
    Colour text = colours.text() == null ? Colour.BLACK : Colour.parse(colours.text());
    Colour background =
        colours.background() == null ? Colour.WHITE : Colour.parse(colours.background());
    double contrast = text.contrastTo(background);
    if (contrast < LEAST_CONTRAST) {
      findings.error(
          ref,
          FIELD + ".colours",
          "text on the background has a contrast of "
              + Math.floor(contrast * 10) / 10
              + ", and people need at least 4.5 (WCAG 2.2)",
          "choose a darker or lighter text");
    }
  }
}
