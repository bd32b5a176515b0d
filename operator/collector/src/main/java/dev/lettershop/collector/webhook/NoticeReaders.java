package dev.lettershop.collector.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.delivery.bounce.ReportedRefusal;
import dev.lettershop.store.bounce.BounceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The formats of the providers. */
final class NoticeReaders {
  private static final ReportedRefusal COMPLAINT =
      new ReportedRefusal(BounceKind.Complaint, "abuse", null);

  private NoticeReaders() {}

  /** An array of events; {@code bounce} also when the type is {@code blocked}, which will pass. */
  static List<Notice> sendGrid(byte[] body) throws UnreadableException {
    JsonNode events = Json.read(body);
    if (!events.isArray()) {
      throw new UnreadableException("the body is not an array of events");
    }
    List<Notice> notices = new ArrayList<>();
    for (JsonNode event : events) {
      ReportedRefusal refusal =
          switch (event.path("event").asText("")) {
            case "bounce" ->
                event.path("type").asText("bounce").equals("blocked")
                    ? soft(event.path("status").asText(null), event.path("reason").asText(""))
                    : hard(event.path("status").asText(null), event.path("reason").asText(""));
            case "spamreport" -> COMPLAINT;
            default -> null;
          };
      add(notices, event.path("sg_event_id"), event.path("email"), refusal, event);
    }
    return notices;
  }

  /**
   * One event; {@code failed} is for good or for the time being, {@code complained} by a reader.
   */
  static List<Notice> mailgun(byte[] body) throws UnreadableException {
    JsonNode event = Json.object(body).path("event-data");
    JsonNode status = event.path("delivery-status");
    String code = status.path("enhanced-code").asText(status.path("code").asText(""));
    String said = status.path("message").asText(status.path("description").asText(""));
    ReportedRefusal refusal =
        switch (event.path("event").asText("")) {
          case "failed" ->
              event.path("severity").asText("").equals("permanent")
                  ? hard(code, code + " " + said)
                  : soft(code, code + " " + said);
          case "complained" -> COMPLAINT;
          default -> null;
        };
    List<Notice> notices = new ArrayList<>();
    add(notices, event.path("id"), event.path("recipient"), refusal, event);
    return notices;
  }

  /** One event, told by {@code RecordType} and, of bounces, {@code Type}. */
  static List<Notice> postmark(byte[] body) throws UnreadableException {
    JsonNode event = Json.object(body);
    String said = event.path("Details").asText(event.path("Description").asText(""));
    ReportedRefusal refusal =
        switch (event.path("RecordType").asText("")) {
          case "SpamComplaint" -> COMPLAINT;
          case "Bounce" ->
              switch (event.path("Type").asText("")) {
                case "HardBounce", "BadEmailAddress" -> hard(null, said);
                case "SpamNotification", "SpamComplaint" -> COMPLAINT;
                case "Blocked", "DMARCPolicy", "VirusNotification" ->
                    new ReportedRefusal(BounceKind.Policy, null, null);
                case "SoftBounce", "Transient", "DnsError" -> soft(null, said);
                default -> null;
              };
          default -> null;
        };
    List<Notice> notices = new ArrayList<>();
    add(notices, event.path("ID"), event.path("Email"), refusal, event);
    return notices;
  }

  /** One event, or an array of them. */
  static List<Notice> brevo(byte[] body) throws UnreadableException {
    JsonNode read = Json.read(body);
    List<Notice> notices = new ArrayList<>();
    for (JsonNode event : read.isArray() ? read : List.of(read)) {
      String said = event.path("reason").asText("");
      ReportedRefusal refusal =
          switch (event.path("event").asText("").toLowerCase(Locale.ROOT)) {
            case "hard_bounce", "hardbounce", "invalid_email", "invalid" -> hard(null, said);
            case "soft_bounce", "softbounce" -> soft(null, said);
            case "blocked" -> new ReportedRefusal(BounceKind.Policy, null, null);
            case "spam", "complaint" -> COMPLAINT;
            default -> null;
          };
      // Its "id" is the webhook's; the mail, the event and its time tell one from another.
      String id =
          event.path("message-id").asText("")
              + event.path("event").asText("")
              + event.path("ts_epoch").asText(event.path("ts_event").asText(""));
      if (refusal != null) {
        notices.add(new Notice(id, event.path("email").asText(""), refusal, event.toString()));
      }
    }
    return notices;
  }

  /** The message that SNS brings, as SES writes it. */
  static List<Notice> ses(JsonNode message, String id) {
    List<Notice> notices = new ArrayList<>();
    String type = message.path("notificationType").asText(message.path("eventType").asText(""));
    String evidence = message.path("mail").toString();
    if (type.equals("Bounce")) {
      boolean permanent = message.path("bounce").path("bounceType").asText("").equals("Permanent");
      for (JsonNode recipient : message.path("bounce").path("bouncedRecipients")) {
        String status = recipient.path("status").asText(null);
        String said = recipient.path("diagnosticCode").asText("");
        String address = recipient.path("emailAddress").asText("");
        ReportedRefusal refusal = permanent ? hard(status, said) : soft(status, said);
        notices.add(new Notice(id + "/" + address, address, refusal, evidence));
      }
    } else if (type.equals("Complaint")) {
      for (JsonNode recipient : message.path("complaint").path("complainedRecipients")) {
        String address = recipient.path("emailAddress").asText("");
        notices.add(new Notice(id + "/" + address, address, COMPLAINT, evidence));
      }
    }
    return notices;
  }

  /** {@code {"events": [{"id", "type": "bounce" | "complaint", "email", "status", "said"}]}}. */
  static List<Notice> generic(byte[] body) throws UnreadableException {
    JsonNode events = Json.object(body).path("events");
    if (!events.isArray()) {
      throw new UnreadableException("the body has no array \"events\"");
    }
    List<Notice> notices = new ArrayList<>();
    for (JsonNode event : events) {
      ReportedRefusal refusal =
          switch (event.path("type").asText("")) {
            case "bounce" ->
                ReportedRefusal.of(
                    event.path("status").asText(null), event.path("said").asText(""));
            case "complaint" -> COMPLAINT;
            default -> null;
          };
      add(notices, event.path("id"), event.path("email"), refusal, event);
    }
    return notices;
  }

  private static void add(
      List<Notice> notices, JsonNode id, JsonNode address, ReportedRefusal refusal, JsonNode event)
      throws UnreadableException {
    if (refusal == null) {
      return;
    }
    if (!id.isValueNode() || id.asText().isEmpty() || !address.isTextual()) {
      throw new UnreadableException("an event has no id or no address");
    }
    notices.add(new Notice(id.asText(), address.asText(), refusal, event.toString()));
  }

  /**
   * For good, says the provider; what the server said may show that it is not about the address.
   */
  private static ReportedRefusal hard(String status, String said) {
    ReportedRefusal judged = ReportedRefusal.of(status, said);
    return judged == null || judged.kind() != BounceKind.Policy
        ? as(judged, BounceKind.Hard, status)
        : judged;
  }

  /** For the time being, says the provider. */
  private static ReportedRefusal soft(String status, String said) {
    ReportedRefusal judged = ReportedRefusal.of(status, said);
    return judged != null && judged.kind() == BounceKind.Policy
        ? judged
        : as(judged, BounceKind.Soft, status);
  }

  private static ReportedRefusal as(ReportedRefusal judged, BounceKind kind, String status) {
    return judged == null ? new ReportedRefusal(kind, status, null) : judged.as(kind);
  }
}
