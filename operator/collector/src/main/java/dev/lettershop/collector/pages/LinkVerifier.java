package dev.lettershop.collector.pages;

import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.delivery.message.RecipientLinks.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells genuine links from others, whichever transport's mail they stand in. Thread-safe. */
public final class LinkVerifier {
  private final Supplier<List<RecipientLinks>> links;

  /**
   * @param links of all transports that lead here, with the keys that they have now
   */
  public LinkVerifier(Supplier<List<RecipientLinks>> links) {
    this.links = links;
  }

  /**
   * A link that one of the keys has signed.
   *
   * @param signer makes further links for the same person
   */
  record Verified(Subject subject, RecipientLinks signer) {}

  Optional<Verified> verify(Purpose purpose, String token) {
    for (RecipientLinks signer : links.get()) {
      Optional<Subject> subject = signer.verify(purpose, token);
      if (subject.isPresent()) {
        return Optional.of(new Verified(subject.get(), signer));
      }
    }
    return Optional.empty();
  }
}
