package dev.lettershop.template.html.check;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.html.inline.Inliner;
import dev.lettershop.template.html.inline.MailDocument;
import java.util.List;

/** All checks of a mail's HTML. */
public final class MailChecks {
  private static final List<MailCheck> ALL =
      List.of(
          new SizeCheck(),
          new DocumentCheck(),
          new ElementCheck(),
          new ImageCheck(),
          new LinkCheck(),
          new ContrastCheck(),
          new ClientSupportCheck(ClientSupport.vendored()));

  /** Those that make sense for the pieces of HTML in conditional comments. */
  private static final List<MailCheck> CONDITIONAL =
      List.of(new ElementCheck(), new ImageCheck(), new LinkCheck());

  private MailChecks() {}

  /**
   * @param document the mail as its author wrote it, or as MJML has become
   * @param styles its styles
   * @param result what is sent, before values are put in
   * @param places where the author wrote what stands in {@code document}
   */
  public static List<Problem> check(
      MailDocument document, Inliner styles, String result, Places places) {
    return check(ALL, new CheckedMail(document, styles, result), places);
  }

  /**
   * Checks what only Outlook reads.
   *
   * @param document as {@link MailDocument#conditional} gives it
   */
  public static List<Problem> conditional(MailDocument document, Inliner styles, Places places) {
    return check(CONDITIONAL, new CheckedMail(document, styles, document.html()), places);
  }

  private static List<Problem> check(List<MailCheck> checks, CheckedMail mail, Places places) {
    FindingCollector found = new FindingCollector(places);
    checks.forEach(check -> check.check(mail, found));
    return found.problems();
  }
}
