package dev.lettershop.delivery.dkim;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which fields of a header are signed, and their bytes.
 *
 * @param names as they stand in {@code h=}
 * @param canonical all of them, one after the other
 */
record SignedFields(List<String> names, byte[] canonical) {
  /**
   * RFC 6376 section 5.4.1, and both fields for unsubscribing, as RFC 8058 section 4 demands.
   * Return- Path, Received and what receivers write are theirs.
   */
  private static final Set<String> SIGNED =
      Set.of(
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "subject",
          "date",
          "message-id",
          "in-reply-to",
          "references",
          "mime-version",
          "content-type",
          "content-transfer-encoding",
          "list-id",
          "list-unsubscribe",
          "list-unsubscribe-post");

  /**
   * Named once more than they are there, so that nobody can add another and keep the signature (RFC
   * 6376 section 8.15): what people see of a mail.
   */
  private static final List<String> OVERSIGNED = List.of("from", "reply-to", "to", "cc", "subject");

  static SignedFields of(RelaxedHeader header) {
    List<String> names = new ArrayList<>();
    ByteArrayOutputStream canonical = new ByteArrayOutputStream(1024);
    List<RelaxedHeader.Field> fields = header.fields();
    // RFC 6376 section 5.4.2: of several fields of one name the last one is taken first.
    for (int i = fields.size() - 1; i >= 0; i--) {
      RelaxedHeader.Field field = fields.get(i);
      if (SIGNED.contains(field.name())) {
        names.add(field.name());
        canonical.writeBytes(field.canonical());
      }
    }
    names.addAll(OVERSIGNED);
    return new SignedFields(List.copyOf(names), canonical.toByteArray());
  }
}
