package dev.lettershop.template.html;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.html.check.MailChecks;
import dev.lettershop.template.html.check.Places;
import dev.lettershop.template.html.inline.Inliner;
import dev.lettershop.template.html.inline.MailDocument;
import dev.lettershop.template.html.inline.MarkedSource;
import dev.lettershop.template.html.mjml.MjmlBody;
import dev.lettershop.template.html.mjml.MjmlPlaces;
import java.util.ArrayList;
import java.util.List;

/** Makes a body ready for rendering, once per template. Pure and thread-safe. */
public final class HtmlPreparation {
  /** Far more than mails need, far less than what reads them has room for. */
  private static final int MAX_DEPTH = 200;

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
    return kind == BodyKind.Mjml
        ? mjml(marked)
        : html(marked.text(), marked, (offset, snippet) -> marked.position(offset));
  }

  private static PreparedHtml mjml(MarkedSource marked) {
    int deep = ElementDepth.beyond(marked.text(), MAX_DEPTH);
    if (deep >= 0) {
      return html(marked.text(), marked, (offset, snippet) -> marked.position(offset));
    }
    MjmlBody body = MjmlBody.of(marked);
    if (body.html() == null) {
      return new PreparedHtml("", body.problems());
    }
    MjmlPlaces places = new MjmlPlaces(marked, body.html());
    PreparedHtml html = html(body.html(), marked, places::of);
    List<Problem> problems = new ArrayList<>(body.problems());
    problems.addAll(html.problems());
    return new PreparedHtml(html.html(), problems);
  }

  private static PreparedHtml html(String html, MarkedSource marked, Places places) {
    int deep = ElementDepth.beyond(html, MAX_DEPTH);
    if (deep >= 0) {
      return new PreparedHtml(
          "",
          List.of(
              Problem.error(
                  places.of(deep, ""),
                  "elements are nested more than " + MAX_DEPTH + " deep",
                  "close what is open, or nest less")));
    }
    MailDocument mail = MailDocument.parse(html, marked);
    Inliner inliner = Inliner.of(mail, marked);
    String inlined = marked.restore(inliner.inlined());
    List<Problem> problems = new ArrayList<>(MailChecks.check(mail, inliner, inlined, places));
    MailDocument conditional = mail.conditional(marked);
    if (conditional != null) {
      problems.addAll(MailChecks.conditional(conditional, Inliner.of(conditional, marked), places));
    }
    return new PreparedHtml(inlined, problems);
  }
}
