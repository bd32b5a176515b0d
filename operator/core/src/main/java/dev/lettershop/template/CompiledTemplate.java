package dev.lettershop.template;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template after all work that does not depend on the recipient. Part of a plan, so plain strings
 * only. The three sources are Mustache in its simplest form: full names, default delimiters, no
 * comments, partials inlined; the preheader stands in the HTML.
 *
 * @param subject rendered without escaping, never null
 * @param html rendered with HTML escaping, never null
 * @param text rendered without escaping, never null: made from the HTML when the author gave none
 * @param defaults what to show for an attribute that a profile lacks, by attribute; never null
 * @param slots what to show in a slot that no content rule fills, by slot; a slot without default
 *     is absent; never null
 */
public record CompiledTemplate(
    String subject,
    String html,
    String text,
    Map<String, String> defaults,
    Map<String, String> slots) {

  /** Absent members count as empty, as the canonical JSON of a plan leaves empty ones out. */
  public CompiledTemplate {
    subject = subject == null ? "" : subject;
    html = html == null ? "" : html;
    text = text == null ? "" : text;
    defaults = sorted(defaults);
    slots = sorted(slots);
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
