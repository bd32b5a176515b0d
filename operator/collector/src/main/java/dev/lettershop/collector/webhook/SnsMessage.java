package dev.lettershop.collector.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One message of Amazon SNS, as it arrives. */
record SnsMessage(JsonNode json) {
  private static final Set<String> TYPES =
      Set.of("Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation");

  static SnsMessage read(byte[] body) throws UnreadableException {
    JsonNode json = Json.object(body);
    if (!TYPES.contains(json.path("Type").asText(""))) {
      throw new UnreadableException("the body is not a message of SNS");
    }
    return new SnsMessage(json);
  }

  String text(String name) {
    return json.path(name).asText("");
  }

  String type() {
    return text("Type");
  }

  /** Names and values that are signed, each with a line feed behind it. */
  String signedText() {
    List<String> names = new ArrayList<>(List.of("Message", "MessageId"));
    if (type().equals("Notification")) {
      if (json.has("Subject")) {
        names.add("Subject");
      }
      names.addAll(List.of("Timestamp", "TopicArn", "Type"));
    } else {
      names.addAll(List.of("SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"));
    }
    StringBuilder signed = new StringBuilder();
    names.forEach(name -> signed.append(name).append('\n').append(text(name)).append('\n'));
    return signed.toString();
  }

  @Override
  public String toString() {
    return "SnsMessage[" + type() + "]";
  }
}
