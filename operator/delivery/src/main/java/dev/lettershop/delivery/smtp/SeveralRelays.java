package dev.lettershop.delivery.smtp;

import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several servers of which each may take any message. Each connection goes to one of them: to the
 * one that is drawn by shares, or else to the first that takes it, in their order. A message is
 * given to one connection only, and what became of it is that connection's answer: another server
 * gets it when, and only when, the ledger would give it to the same one again. Thread-safe.
 */
public final class SeveralRelays implements MailRelay {
  private static final Logger LOG = LoggerFactory.getLogger(SeveralRelays.class);

  /** How long one that failed is asked last. */
  private static final Duration REST = Duration.ofSeconds(30);

  /** What happens less often may happen to any server. */
  private static final int FAILURES = 3;

  private final List<Member> members = new ArrayList<>();
  private final DoubleSupplier random;
  private final LongSupplier nanoTime;

  /**
   * One of the servers.
   *
   * @param share of the connections while all work, in percent; 0 for those that only take the
   *     place of others
   */
  public record Choice(MailRelay relay, int share) {}

  /**
   * @param choices at least one, in the order in which they take each other's place; this closes
   *     them
   * @param random uniform in [0, 1); must be thread-safe
   */
  public SeveralRelays(List<Choice> choices, DoubleSupplier random, LongSupplier nanoTime) {
    choices.forEach(choice -> members.add(new Member(choice)));
    this.random = random;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return members.get(0).choice.relay().name();
  }

  @Override
  public RelayConnection connect() throws RelayException {
    RelayException failure = null;
    for (Member member : inTurn()) {
      try {
        return new Watched(member, member.choice.relay().connect());
      } catch (RelayException e) {
        member.rest(e.code());
        // Where waiting could help with one of them, it helps.
        failure = failure == null || !failure.isTransient() && e.isTransient() ? e : failure;
      }
    }
    throw failure;
  }

  /** All of them: the drawn one, the others in their order, and those that failed lately last. */
  private List<Member> inTurn() {
    Member drawn = draw();
    List<Member> turn = new ArrayList<>(members);
    turn.remove(drawn);
    turn.add(0, drawn);
    turn.sort(Comparator.comparing(Member::rests));
    return turn;
  }

  private Member draw() {
    double left = random.getAsDouble() * members.stream().mapToInt(m -> m.choice.share()).sum();
    for (Member member : members) {
      left -= member.choice.share();
      if (left < 0) {
        return member;
      }
    }
    return members.get(0);
  }

  @Override
  public void close() {
    members.forEach(member -> member.choice.relay().close());
  }

  private final class Member {
    private final Choice choice;
    private int failures;
    private boolean failed;
    private long until;

    Member(Choice choice) {
      this.choice = choice;
    }

    synchronized boolean rests() {
      return failed && nanoTime.getAsLong() - until < 0;
    }

    synchronized void rest(String code) {
      if (!failed) {
        LOG.warn(
            "{} takes no mail at the moment ({}); another one takes its place",
            choice.relay().name(),
            code);
      }
      failed = true;
      until = nanoTime.getAsLong() + REST.toNanos();
    }

    synchronized void works() {
      if (failed) {
        LOG.info("{} takes mail again", choice.relay().name());
      }
      failed = false;
      failures = 0;
    }

    /** Whether this was once too often. */
    synchronized boolean failed(String code) {
      failures++;
      if (failures < FAILURES) {
        return false;
      }
      failures = 0;
      rest(code);
      return true;
    }
  }

  private static final class Watched implements RelayConnection {
    private final Member member;
    private final RelayConnection connection;
    private boolean used;

    Watched(Member member, RelayConnection connection) {
      this.member = member;
      this.connection = connection;
    }

    @Override
    public SmtpResult send(OutboundMessage message) {
      SmtpResult result = connection.send(message);
      boolean fresh = !used;
      used = true;
      if (result instanceof Accepted) {
        member.works();
      } else if (isOfTheServer(result, fresh) && member.failed(result.code())) {
        // The next message of this sender goes to another one.
        connection.close();
      }
      return result;
    }

    /**
     * Whether it would have failed whatever the message and its recipient were. That a connection
     * is given up after a while means nothing.
     */
    private static boolean isOfTheServer(SmtpResult result, boolean fresh) {
      if (result instanceof TransientFailure failure) {
        return failure.code().startsWith("421") ? fresh : failure.stage() == SmtpStage.Mail;
      }
      return fresh
          && (result instanceof SmtpResult.ConnectionLostBeforeFinalDot
              || result instanceof SmtpResult.ConnectionLostAfterFinalDot);
    }

    @Override
    public Optional<Instant> certificateUntil() {
      return connection.certificateUntil();
    }

    @Override
    public boolean isOpen() {
      return connection.isOpen();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
