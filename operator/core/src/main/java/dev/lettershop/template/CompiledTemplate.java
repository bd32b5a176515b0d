package dev.lettershop.template;

/**
 * A template after all work that does not depend on the recipient. Holds Mustache sources with
 * partials already inlined; part of a plan, so plain strings only.
 *
 * @param preheader null when there is none
 * @param text never null: made from the HTML when the author gave none
 */
public record CompiledTemplate(String subject, String preheader, String html, String text) {}
