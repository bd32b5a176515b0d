package dev.lettershop.delivery.bounce;

import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.delivery.message.ReturnAddresses;
import dev.lettershop.delivery.message.ReturnAddresses.Delivery;
import dev.lettershop.store.bounce.Bounce;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which delivery a message is about, from what only we can have signed: the return
 * address that it was sent to, or the one or the unsubscribe link in the mail that it brings back.
 */
final class Attribution {
  private static final String[] ADDRESSED = {
    "Delivered-To",
    "X-Original-To",
    "X-Delivered-To",
    "Envelope-To",
    "X-Envelope-To",
    "Apparently-To",
    "To",
    "Cc",
    "Received"
  };

  private static final Pattern LINK =
      Pattern.compile("/u/([A-Za-z0-9_-]{20,100})(?![A-Za-z0-9_-])");

  private final ReturnAddresses addresses;
  private final RecipientLinks links;

  /**
   * @param links or null
   */
  Attribution(ReturnAddresses addresses, RecipientLinks links) {
    this.addresses = addresses;
    this.links = links;
  }

  /** What is to be recorded; empty when the message is about no delivery of ours. */
  Optional<Bounce> bounce(ReadMessage message, Verdict verdict) {
    Optional<Delivery> delivery = first(message.fields(ADDRESSED));
    String original = message.original();
    if (delivery.isEmpty()) {
      String report = message.part("message/feedback-report").orElse("");
      delivery = first(String.join("\n", report, original, SesNotice.text(message)));
    }
    if (delivery.isPresent()) {
      return delivery.map(
          d ->
              new Bounce(
                  d.runId(),
                  d.profileId(),
                  d.addressCheck(),
                  verdict.reportedAddress(),
                  verdict.kind(),
                  verdict.code(),
                  verdict.diagnostic()));
    }
    return linked(original)
        .map(
            subject ->
                new Bounce(
                    subject.runId(),
                    subject.profileId(),
                    null,
                    verdict.reportedAddress(),
                    verdict.kind(),
                    verdict.code(),
                    verdict.diagnostic()));
  }

  /** Whether it came to one of our return addresses. */
  boolean isAddressed(ReadMessage message) {
    return first(message.fields(ADDRESSED)).isPresent();
  }

  private Optional<Delivery> first(String text) {
    return addresses.in(text).stream().findFirst();
  }

  /** Feedback loops often leave addresses out, and nearly never the links. */
  private Optional<RecipientLinks.Subject> linked(String original) {
    if (links == null) {
      return Optional.empty();
    }
    Matcher found = LINK.matcher(original);
    while (found.find()) {
      var subject = links.verify(Purpose.Unsubscribe, found.group(1));
      if (subject.isPresent()) {
        return subject;
      }
    }
    return Optional.empty();
  }
}
