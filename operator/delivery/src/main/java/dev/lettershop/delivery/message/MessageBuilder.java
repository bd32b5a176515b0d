package dev.lettershop.delivery.message;

import dev.lettershop.delivery.dkim.DkimSigners;
import dev.lettershop.encoding.Sha256;
import dev.lettershop.template.MailAttachment;
import dev.lettershop.template.RenderedMail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Makes the messages of one run. The same recipient, mail and date give the same bytes.
 * Thread-safe.
 *
 * <p>List-ID (RFC 2919) already keeps vacation responders quiet (RFC 5230 section 4.6); so there is
 * neither the non-standard Precedence field nor Auto-Submitted, which is for mail that no person
 * decided to send (RFC 3834 section 5): a transactional message has that field, and none of a list.
 */
public final class MessageBuilder {
  /** RFC 2919 section 3: the longest list identifier, without angle brackets. */
  private static final int LONGEST_LIST_ID = 255;

  /** RFC 5322 section 3.3, with the zone as digits: names of zones are obsolete. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final MailAddress from;
  private final EnvelopeSender bounces;
  private final DkimSigners signers;
  private final byte[] identity;
  private final String marker;
  private final String boundary;
  private final byte[] opening;
  private final String listId;
  private final boolean transactional;
  private final byte[] multipart;
  private final byte[] toText;
  private final byte[] toHtml;
  private final byte[] closing;

  /** The field for the second that was asked for last; any thread's will do. */
  private volatile DateField lastDate;

  private record DateField(long epochSecond, byte[] bytes) {}

  /**
   * Messages that nobody signs and whose bounces go to the sender.
   *
   * @throws IllegalArgumentException when an address will not do; the message says which field
   */
  public MessageBuilder(MessageSettings settings) {
    this(settings, null, DkimSigners.NONE);
  }

  /**
   * @param bounces where bounces go, or null for the sender
   * @throws IllegalArgumentException when an address will not do; the message says which field
   */
  public MessageBuilder(MessageSettings settings, EnvelopeSender bounces, DkimSigners signers) {
    this.from = address("from.address", settings.fromAddress());
    String sender = from.text();
    this.bounces = bounces == null ? (profileId, recipient) -> sender : bounces;
    this.signers = signers;
    this.identity =
        Sha256.of(
            String.join("\0", settings.namespace(), settings.campaign(), settings.run())
                .getBytes(StandardCharsets.UTF_8));
    // "=_" occurs in no quoted-printable and no base64 body (RFC 2045 section 6.7).
    this.marker = HexFormat.of().formatHex(identity, 0, 12);
    this.boundary = "=_" + marker;
    this.opening =
        ascii(
            HeaderText.mailbox("From", settings.fromName(), from)
                + (settings.replyTo() == null
                    ? ""
                    : HeaderText.mailbox("Reply-To", null, address("replyTo", settings.replyTo())))
                + settings.headers().entrySet().stream()
                    .map(header -> HeaderText.unstructured(header.getKey(), header.getValue()))
                    .collect(Collectors.joining()));
    this.transactional = settings.transactional();
    this.listId = "List-ID: <" + listId(settings, from.domain()) + ">\r\n";
    this.multipart = ascii(multipart("alternative", boundary));
    this.toText = ascii("--" + boundary + "\r\n");
    this.toHtml = ascii("\r\n--" + boundary + "\r\n");
    this.closing = ascii("\r\n--" + boundary + "--\r\n");
  }

  /**
   * One message: text first, HTML last, because readers take the last part that they understand
   * (RFC 2046 section 5.1.4). Without HTML it is a plain text message. Pictures stand with the HTML
   * that shows them (RFC 2387), other files after it all.
   *
   * @param to the recipient's address as it stands in the profile
   * @param unsubscribeUrl of this recipient, or null when there is none to offer; then List-
   *     Unsubscribe names a mail to the sender (RFC 2369). Not used in a transactional message
   * @param oneClick whether a POST to the URL unsubscribes (RFC 8058)
   * @param date the Date field and the time of signing; fractions of a second are dropped
   * @throws InvalidAddressException when the recipient's address will not do
   */
  public OutboundMessage build(
      long profileId,
      String to,
      RenderedMail mail,
      String unsubscribeUrl,
      boolean oneClick,
      Instant date)
      throws InvalidAddressException {
    MailAddress recipient = MailAddress.parse(to).orElseThrow(InvalidAddressException::new);
    int size = mail.text().length() + (mail.html() == null ? 0 : mail.html().length());
    for (MailAttachment file : mail.attachments()) {
      size += file.content().length + file.content().length / 3;
    }
    ByteBuilder out = new ByteBuilder(1024 + size + size / 8);
    out.append(opening);
    out.append("To: " + recipient.text() + "\r\n");
    out.append(HeaderText.unstructured("Subject", mail.subject()));
    out.append(dateField(date));
    out.append("Message-ID: <" + messageId(profileId) + ">\r\n");
    if (transactional) {
      out.append("Auto-Submitted: auto-generated\r\n");
    } else {
      out.append(listId);
      out.append(unsubscribe(unsubscribeUrl, oneClick));
    }
    appendBody(out, mail);
    byte[] content = out.toBytes();
    byte[] signatures = signers.sign(content, date);
    return new OutboundMessage(
        bounces.of(profileId, recipient),
        recipient,
        signatures.length == 0
            ? content
            : new ByteBuilder(signatures.length + content.length)
                .append(signatures)
                .append(content)
                .toBytes(),
        recipient.needsSmtpUtf8());
  }

  /** Formatted once a second, not once a message. */
  private byte[] dateField(Instant date) {
    DateField last = lastDate;
    if (last == null || last.epochSecond() != date.getEpochSecond()) {
      last = new DateField(date.getEpochSecond(), ascii("Date: " + DATE.format(date) + "\r\n"));
      lastDate = last;
    }
    return last.bytes();
  }

  /**
   * The Message-ID without angle brackets. Stable per run and profile, so that a receiver can tell
   * a message that came twice; nothing can be read from it.
   */
  public String messageId(long profileId) {
    byte[] input = Arrays.copyOf(identity, identity.length + Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      input[identity.length + i] = (byte) (profileId >> 8 * i);
    }
    return HexFormat.of().formatHex(Sha256.of(input), 0, 16) + "@" + from.domain();
  }

  private void appendBody(ByteBuilder out, RenderedMail mail) {
    out.append("MIME-Version: 1.0\r\n");
    boolean html = mail.html() != null && !mail.html().isBlank();
    List<MailAttachment> shown =
        html ? mail.attachments().stream().filter(MailAttachment::isInline).toList() : List.of();
    List<MailAttachment> attached =
        mail.attachments().stream().filter(file -> !shown.contains(file)).toList();
    if (!attached.isEmpty()) {
      String mixed = "=_m" + marker;
      out.append(multipart("mixed", mixed)).append("--" + mixed + "\r\n");
    }
    if (html) {
      out.append(multipart).append(toText);
      appendPart(out, "text/plain", mail.text());
      out.append(toHtml);
      appendHtml(out, mail.html(), shown);
      out.append(closing);
    } else {
      appendPart(out, "text/plain", mail.text());
      out.append("\r\n");
    }
    appendFiles(out, "=_m" + marker, attached);
  }

  private void appendHtml(ByteBuilder out, String html, List<MailAttachment> shown) {
    if (shown.isEmpty()) {
      appendPart(out, "text/html", html);
      return;
    }
    String related = "=_r" + marker;
    out.append(
        "Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\""
            + related
            + "\"\r\n\r\n--"
            + related
            + "\r\n");
    appendPart(out, "text/html", html);
    out.append("\r\n");
    appendFiles(out, related, shown);
  }

  /** Further parts and the end of a multipart; nothing where there are none. */
  private static void appendFiles(ByteBuilder out, String delimiter, List<MailAttachment> files) {
    for (MailAttachment file : files) {
      out.append("--" + delimiter + "\r\n");
      AttachedFile.append(out, file);
      out.append("\r\n");
    }
    if (!files.isEmpty()) {
      out.append("--" + delimiter + "--\r\n");
    }
  }

  private static String multipart(String kind, String delimiter) {
    return "Content-Type: multipart/" + kind + ";\r\n boundary=\"" + delimiter + "\"\r\n\r\n";
  }

  private void appendPart(ByteBuilder out, String type, String text) {
    TextBody body = new TextBody(text, marker);
    out.append(
        "Content-Type: "
            + type
            + "; charset=UTF-8\r\nContent-Transfer-Encoding: "
            + body.transferEncoding()
            + "\r\n\r\n");
    body.appendTo(out);
  }

  private String unsubscribe(String url, boolean oneClick) {
    if (url == null) {
      return "List-Unsubscribe: <mailto:" + mailtoSender() + "?subject=unsubscribe>\r\n";
    }
    boolean fits = "List-Unsubscribe: <>".length() + url.length() <= 78;
    return "List-Unsubscribe:"
        + (fits ? " <" : "\r\n <")
        + url
        + ">\r\n"
        + (oneClick ? "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" : "");
  }

  /** RFC 6068 section 2: what a mailto URL must escape in a local part. */
  private String mailtoSender() {
    StringBuilder escaped = new StringBuilder();
    for (char character : from.localPart().toCharArray()) {
      boolean plain =
          character < 0x80
              && (Character.isLetterOrDigit(character) || "-._~+!$*'".indexOf(character) >= 0);
      escaped.append(plain ? String.valueOf(character) : String.format("%%%02X", (int) character));
    }
    return escaped + "@" + from.domain();
  }

  private static String listId(MessageSettings settings, String domain) {
    String readable = settings.campaign() + "." + settings.namespace() + "." + domain;
    if (readable.length() <= LONGEST_LIST_ID) {
      return readable;
    }
    byte[] names =
        (settings.namespace() + "\0" + settings.campaign()).getBytes(StandardCharsets.UTF_8);
    String hashed = HexFormat.of().formatHex(Sha256.of(names), 0, 16) + "." + domain;
    return hashed.length() <= LONGEST_LIST_ID ? hashed : hashed.substring(0, 32) + ".localhost";
  }

  private static MailAddress address(String field, String text) {
    MailAddress address =
        MailAddress.parse(text)
            .orElseThrow(
                () -> new IllegalArgumentException(field + " is not a valid e-mail address"));
    if (address.needsSmtpUtf8()) {
      throw new IllegalArgumentException(
          field + " has non-ASCII characters before the @, which many servers refuse");
    }
    return address;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
