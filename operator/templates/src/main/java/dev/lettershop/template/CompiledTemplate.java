package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.template.link.TemplateLink;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template after all work that does not depend on the recipient. Part of a plan, so plain data
 * only. The sources are in the template's language in its simplest form: full names, no comments,
 * partials in place; the preheader stands in the HTML.
 *
 * @param engine what renders the sources, never null
 * @param locale language tag of the template's own texts, or null when not said
 * @param subject rendered without escaping, never null
 * @param html rendered with HTML escaping, never null
 * @param text rendered without escaping, never null: made from the HTML when the author gave none
 * @param defaults what to show for an attribute that a profile lacks, by attribute; never null
 * @param slots what to show in a slot that no content rule fills, by slot; a slot without default
 *     is absent; never null
 * @param slotTypes of slots that are not plain text, by slot; never null
 * @param events properties that the template asks for, by event; never null
 * @param translations by canonical language tag; never null
 * @param links those whose clicks are recorded, by number; they are marked in the sources. Never
 *     null
 */
public record CompiledTemplate(
    TemplateEngine engine,
    String locale,
    String subject,
    String html,
    String text,
    Map<String, String> defaults,
    Map<String, String> slots,
    Map<String, SlotType> slotTypes,
    Map<String, List<String>> events,
    Map<String, Translation> translations,
    List<TemplateLink> links) {

  /**
   * What differs in another language.
   *
   * @param subject null when as the template's own; so are html and text
   * @param defaults beyond the template's own, never null; so are slots
   */
  public record Translation(
      String subject,
      String html,
      String text,
      Map<String, String> defaults,
      Map<String, String> slots) {
    public Translation {
      defaults = sorted(defaults);
      slots = sorted(slots);
    }
  }

  /** Absent members count as empty, as the canonical JSON of a plan leaves empty ones out. */
  public CompiledTemplate {
    engine = engine == null ? TemplateEngine.Mustache : engine;
    subject = subject == null ? "" : subject;
    html = html == null ? "" : html;
    text = text == null ? "" : text;
    defaults = sorted(defaults);
    slots = sorted(slots);
    slotTypes = sorted(slotTypes);
    events = sorted(events);
    translations = sorted(translations);
    links = links == null ? List.of() : List.copyOf(links);
  }

  /** Three sources of Mustache and nothing else. */
  public static CompiledTemplate mustache(String subject, String html, String text) {
    return new CompiledTemplate(
        TemplateEngine.Mustache,
        null,
        subject,
        html,
        text,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static <T> Map<String, T> sorted(Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
