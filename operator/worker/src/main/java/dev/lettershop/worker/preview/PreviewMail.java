package dev.lettershop.worker.preview;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.template.RenderedMail;
import java.util.List;
import java.util.Map;

/**
 * One mail to look at.
 *
 * @param subject what was filled in
 * @param profileName for whom
 * @param profile attributes as they are shown beside the mail, masked where they must be
 * @param content slot to text
 * @param rules what each content rule had to say; empty for a template by itself
 * @param links where the links lead whose clicks are recorded, by number, in the order of the mail
 * @param message the whole message as it would be sent
 * @param findings about this mail, after values were put in
 */
public record PreviewMail(
    PreviewSubject subject,
    String profileName,
    Map<String, String> profile,
    Map<String, String> content,
    List<RuleTrace> rules,
    RenderedMail mail,
    Map<String, String> links,
    byte[] message,
    List<Diagnostic> findings) {

  /** Names nobody. */
  @Override
  public String toString() {
    return "PreviewMail[" + subject.title() + " for " + profileName + "]";
  }
}
