package dev.lettershop.delivery.bounce;

import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.delivery.bounce.Verdict.Meaning;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.ReturnAddresses;
import dev.lettershop.store.bounce.Bounce;
import dev.lettershop.store.bounce.BounceLog;
import dev.lettershop.store.bounce.RecordedBounce;
import dev.lettershop.store.bounce.RecordedBounce.Effect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Reads a mailbox to its end: judges each message, records a batch, then puts it away. */
public final class BounceReader {
  private static final int BATCH = 50;

  private final BounceLog log;
  private final BounceLog.SoftLimit limit;
  private final Attribution attribution;
  private final LongSupplier held;
  private final String transport;
  private final Map<Meaning, Long> meanings = new EnumMap<>(Meaning.class);
  private long read;
  private long repeated;
  private long suppressed;

  /**
   * @param transport name of the transport that the mails went out through
   * @param links or null
   * @param held how many addresses wait for a decision in the store
   */
  public BounceReader(
      BounceLog log,
      BounceLog.SoftLimit limit,
      String transport,
      ReturnAddresses addresses,
      RecipientLinks links,
      LongSupplier held) {
    this.log = log;
    this.held = held;
    this.limit = limit;
    this.transport = transport;
    this.attribution = new Attribution(addresses, links);
  }

  /**
   * Reads what there is.
   *
   * @param cancelled asked between batches
   * @throws IOException when the mailbox fails; what was recorded by then is recorded
   */
  public BounceCounts read(Mailbox mailbox, BooleanSupplier cancelled) throws IOException {
    while (!cancelled.getAsBoolean()) {
      List<Incoming> messages = mailbox.next(BATCH);
      if (messages.isEmpty()) {
        break;
      }
      batch(mailbox, messages);
    }
    return counts();
  }

  private void batch(Mailbox mailbox, List<Incoming> messages) throws IOException {
    List<Incoming> done = new ArrayList<>();
    List<Incoming> unknown = new ArrayList<>();
    List<Incoming> recorded = new ArrayList<>();
    List<Bounce> bounces = new ArrayList<>();
    for (Incoming message : messages) {
      Optional<Bounce> bounce = judge(message, done, unknown);
      bounce.ifPresent(
          b -> {
            recorded.add(message);
            bounces.add(b);
          });
    }
    List<RecordedBounce> effects =
        bounces.isEmpty() ? List.of() : log.record(transport, bounces, limit);
    for (int i = 0; i < effects.size(); i++) {
      boolean stranger = effects.get(i).effect() == Effect.Stranger;
      (stranger ? unknown : done).add(recorded.get(i));
      count(effects.get(i), bounces.get(i));
    }
    read += messages.size();
    mailbox.done(done);
    mailbox.unknown(unknown);
  }

  private Optional<Bounce> judge(Incoming incoming, List<Incoming> done, List<Incoming> unknown) {
    Optional<ReadMessage> message = ReadMessage.of(incoming.content());
    Verdict verdict = message.map(BounceRules::judge).orElse(Verdict.of(Meaning.Unknown));
    if (verdict.meaning() == Meaning.Ignored) {
      boolean ours = attribution.isAddressed(message.get());
      meanings.merge(ours ? Meaning.Ignored : Meaning.Unknown, 1L, Long::sum);
      (ours ? done : unknown).add(incoming);
      return Optional.empty();
    }
    Optional<Bounce> bounce =
        verdict.kind() == null ? Optional.empty() : attribution.bounce(message.get(), verdict);
    if (bounce.isEmpty()) {
      meanings.merge(Meaning.Unknown, 1L, Long::sum);
      unknown.add(incoming);
    }
    return bounce;
  }

  private void count(RecordedBounce recorded, Bounce bounce) {
    switch (recorded.effect()) {
      case New -> meanings.merge(Meaning.valueOf(bounce.kind().name()), 1L, Long::sum);
      case Repeated -> repeated++;
      case Stranger -> meanings.merge(Meaning.Unknown, 1L, Long::sum);
    }
    suppressed += recorded.suppressed() ? 1 : 0;
  }

  /** What it came to so far. */
  public BounceCounts counts() {
    return new BounceCounts(
        read,
        of(Meaning.Hard),
        of(Meaning.Soft),
        of(Meaning.Policy),
        of(Meaning.Complaint),
        of(Meaning.Ignored),
        repeated,
        of(Meaning.Unknown),
        suppressed,
        held.getAsLong());
  }

  private long of(Meaning meaning) {
    return meanings.getOrDefault(meaning, 0L);
  }
}
