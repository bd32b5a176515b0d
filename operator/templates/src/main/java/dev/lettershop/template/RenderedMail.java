package dev.lettershop.template;

import java.util.List;

/** What one recipient gets. The subject has no line breaks; the text uses {@code \n}. */
public record RenderedMail(
    String subject, String html, String text, List<MailAttachment> attachments) {
  public RenderedMail {
    attachments = List.copyOf(attachments);
  }

  /** Without attachments. */
  public RenderedMail(String subject, String html, String text) {
    this(subject, html, text, List.of());
  }

  /** The same, with other attachments. */
  public RenderedMail with(List<MailAttachment> others) {
    return new RenderedMail(subject, html, text, others);
  }
}
