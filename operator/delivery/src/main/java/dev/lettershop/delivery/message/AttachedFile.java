package dev.lettershop.delivery.message;

import dev.lettershop.template.MailAttachment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One file as a part of a message (RFC 2183, RFC 2231, RFC 2392). */
final class AttachedFile {
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});
  private static final String PLAIN_IN_PARAMETERS = "!#$&+-.^_`|~";

  private AttachedFile() {}

  /** Appends header and body, with no line end after the last line. */
  static void append(ByteBuilder out, MailAttachment file) {
    out.append("Content-Type: " + file.type() + "\r\nContent-Transfer-Encoding: base64\r\n");
    out.append(
        "Content-Disposition: "
            + (file.isInline() ? "inline" : "attachment")
            + ";\r\n "
            + fileName(file.name())
            + "\r\n");
    if (file.isInline()) {
      out.append("Content-ID: <" + file.contentId() + ">\r\n");
    }
    out.append("\r\n");
    out.append(BASE64.encode(file.content()));
  }

  /** With RFC 2231 where the name has more than ASCII; its pieces are short enough for a line. */
  private static String fileName(String name) {
    boolean ascii = name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
    if (ascii && name.length() <= 60) {
      return "filename=\"" + name + "\"";
    }
    StringBuilder parameters = new StringBuilder();
    StringBuilder piece = new StringBuilder("UTF-8''");
    int number = 0;
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      if (piece.length() > 55) {
        parameters.append("filename*").append(number++).append("*=").append(piece).append(";\r\n ");
        piece.setLength(0);
      }
      boolean plain =
          octet > ' '
              && (Character.isLetterOrDigit(octet) || PLAIN_IN_PARAMETERS.indexOf(octet) >= 0);
      piece.append(plain ? String.valueOf((char) octet) : String.format("%%%02X", octet & 0xFF));
    }
    String star = number == 0 ? "filename*=" : "filename*" + number + "*=";
    return parameters.append(star).append(piece).toString();
  }
}
