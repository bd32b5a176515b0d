package dev.lettershop.template.html;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.html.check.MailChecks;
import dev.lettershop.template.html.mail.Inliner;
import dev.lettershop.template.html.mail.MailDocument;
import dev.lettershop.template.html.mail.MarkedSource;
import java.util.ArrayList;
import java.util.List;

/** Makes a body ready for rendering, once per template. Pure and thread-safe. */
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
    MarkedSource marked = MarkedSource.of(source, TagScanner.tags(source, syntax));
    List<Problem> problems = new ArrayList<>();
    String html = marked.text();
    MailDocument mail = MailDocument.parse(html, marked);
    Inliner inliner = Inliner.of(mail, marked);
    String inlined = marked.restore(inliner.inlined());
    problems.addAll(
        MailChecks.check(mail, inliner, inlined, (offset, snippet) -> marked.position(offset)));
    return new PreparedHtml(inlined, problems);
  }
}
