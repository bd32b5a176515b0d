package dev.lettershop.template.html;

import dev.lettershop.diagnostic.Problem;
import java.util.List;

/** Makes a body ready for rendering, once per template. */
public final class HtmlPreparation {
  private HtmlPreparation() {}

  /**
   * Makes HTML for mail programs out of a body.
   *
   * @param source the whole body, partials in place, every name written in full
   * @param kind what {@code source} is
   * @param syntax how the tags in {@code source} look; they come out as they went in
   */
  public static PreparedHtml prepare(String source, BodyKind kind, TagSyntax syntax) {
    if (kind == BodyKind.Mjml) {
      return new PreparedHtml(
          "", List.of(Problem.error(null, "MJML is not available yet", "use spec.html")));
    }
    return new PreparedHtml(source, List.of());
  }
}
