package dev.lettershop.playground.gallery;

/**
 * One message, taken apart.
 *
 * @param subject decoded; empty when there is none
 * @param from as a reader sees it, such as {@code Acme Shop <news@shop.example>}
 * @param toName display name, or empty
 * @param toAddress address without brackets, or empty
 * @param date RFC 3339 in UTC, or empty when there is none that can be read
 * @param html the HTML part, or empty
 * @param text the text part, or empty
 * @param headers the header as it was sent
 * @param size of the whole message in bytes
 */
record GalleryMail(
    String subject,
    String from,
    String toName,
    String toAddress,
    String date,
    String html,
    String text,
    String headers,
    long size) {

  /** Shows size only: the content is somebody's mail. */
  @Override
  public String toString() {
    return "GalleryMail[" + size + " bytes]";
  }
}
