package dev.lettershop.delivery.bounce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.delivery.bounce.Verdict.Meaning;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.util.Optional;

/** What Amazon SES tells a mailbox by way of SNS: JSON, sometimes in an envelope of JSON. */
final class SesNotice {
  private static final ObjectMapper JSON = JsonMappers.PLAIN;

  private SesNotice() {}

  /** Empty when the message is not such a notice. */
  static Optional<Verdict> judge(ReadMessage message) {
    return read(message.part("text/plain").orElse("")).map(SesNotice::verdict);
  }

  /** The JSON text of the notice, in which the mail's own return address stands. */
  static String text(ReadMessage message) {
    return read(message.part("text/plain").orElse("")).map(JsonNode::toString).orElse("");
  }

  private static Verdict verdict(JsonNode notice) {
    JsonNode bounced = notice.path("bounce").path("bouncedRecipients").path(0);
    return switch (notice.path("notificationType").asText("")) {
      case "Bounce" ->
          notice.path("bounce").path("bounceType").asText("").equals("Permanent")
              ? StatusRules.judge(
                  bounced.path("status").asText("5.0.0"),
                  bounced.path("diagnosticCode").asText(""),
                  "",
                  bounced.path("emailAddress").asText(null))
              : new Verdict(
                  Meaning.Soft,
                  bounced.path("status").asText(null),
                  bounced.path("emailAddress").asText(null));
      case "Complaint" ->
          new Verdict(
              Meaning.Complaint,
              notice.path("complaint").path("complaintFeedbackType").asText("abuse"),
              notice
                  .path("complaint")
                  .path("complainedRecipients")
                  .path(0)
                  .path("emailAddress")
                  .asText(null));
      case "Delivery" -> Verdict.of(Meaning.Ignored);
      default -> Verdict.of(Meaning.Unknown);
    };
  }

  private static Optional<JsonNode> read(String text) {
    // Sendmail folds lines of more than 990 bytes so.
    String json = text.replaceAll("!\\r?\\n ?", "").strip();
    int end = json.lastIndexOf('}');
    if (!json.startsWith("{") || end < 0 || !json.contains("notificationType")) {
      return Optional.empty();
    }
    try {
      // SNS adds a footer for people below the JSON.
      JsonNode notice = JSON.readTree(json.substring(0, end + 1));
      JsonNode inner = notice.path("Message");
      return Optional.of(inner.isTextual() ? JSON.readTree(inner.asText()) : notice);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }
}
