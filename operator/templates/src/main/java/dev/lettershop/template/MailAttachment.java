package dev.lettershop.template;

/**
 * A file in a mail.
 *
 * @param name of the file
 * @param type media type
 * @param contentId by which the HTML names it as {@code cid:}, or null for one that is attached
 * @param content treat it as immutable
 */
public record MailAttachment(String name, String type, String contentId, byte[] content) {

  /** Whether it is shown in the HTML. */
  public boolean isInline() {
    return contentId != null;
  }

  /** Without the content. */
  @Override
  public String toString() {
    return "MailAttachment[" + type + ", " + content.length + " bytes]";
  }
}
