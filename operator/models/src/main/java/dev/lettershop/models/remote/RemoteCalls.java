package dev.lettershop.models.remote;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Asks a server about batches of people: again when it is busy or away, in halves when it refuses a
 * batch, and no more once it has failed several times in a row. Thread-safe.
 */
public final class RemoteCalls {
  private static final int TRIES = 3;

  /** Batches in a row without any answer, after which nobody is asked about any more. */
  private static final int GIVES_UP = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  private final ModelServer server;
  private final RemoteShape shape;
  private final Pause pause;
  private final Map<RemoteFault.Kind, Long> unanswered = new EnumMap<>(RemoteFault.Kind.class);
  private final Map<RemoteFault.Kind, String> messages = new EnumMap<>(RemoteFault.Kind.class);
  private RemoteFault lastOfAll;
  private int failedInARow;

  public RemoteCalls(ModelServer server, RemoteShape shape, Pause pause) {
    this.server = server;
    this.shape = shape;
    this.pause = pause;
  }

  /**
   * What the server says of people; NaN for those of whom it says nothing usable.
   *
   * @param people features of each, at least one person
   */
  public double[] ask(float[][] people) throws InterruptedException {
    RemoteFault gaveUp = gaveUp();
    if (gaveUp != null) {
      return none(people.length, gaveUp);
    }
    double[] scores = asked(people);
    long without = Arrays.stream(scores).filter(Double::isNaN).count();
    ended(without < scores.length);
    return scores;
  }

  private double[] asked(float[][] people) throws InterruptedException {
    try {
      return counted(tried(people));
    } catch (RemoteFault fault) {
      boolean ofTheBatch =
          fault.kind() == RemoteFault.Kind.Refused || fault.kind() == RemoteFault.Kind.ServerError;
      if (!ofTheBatch || people.length == 1) {
        return none(people.length, fault);
      }
    }
    double[] scores = new double[people.length];
    int half = people.length / 2;
    System.arraycopy(part(people, 0, half), 0, scores, 0, half);
    System.arraycopy(part(people, half, people.length), 0, scores, half, people.length - half);
    return scores;
  }

  private double[] part(float[][] people, int from, int to) throws InterruptedException {
    try {
      return counted(tried(Arrays.copyOfRange(people, from, to)));
    } catch (RemoteFault fault) {
      return none(to - from, fault);
    }
  }

  private double[] tried(float[][] people) throws RemoteFault, InterruptedException {
    byte[] request = shape.request(people);
    for (int tries = 1; ; tries++) {
      RemoteFault fault;
      Duration wished = null;
      boolean again;
      try {
        ModelServer.Reply reply = server.post(shape.path(), request);
        if (reply.status() >= 200 && reply.status() < 300) {
          return shape.answer(reply.body(), people.length);
        }
        fault = refused(reply.status());
        again =
            reply.status() == 429
                || reply.status() == 502
                || reply.status() == 503
                || reply.status() == 504;
        wished = reply.retryAfter();
      } catch (SocketTimeoutException e) {
        fault = new RemoteFault(RemoteFault.Kind.TimedOut, "the server does not answer in time");
        again = true;
      } catch (IOException e) {
        fault =
            new RemoteFault(
                RemoteFault.Kind.Unreachable,
                "the server cannot be reached, or the connection broke ("
                    + e.getClass().getSimpleName()
                    + ")");
        again = true;
      }
      boolean tooLong = wished != null && wished.compareTo(LONGEST_PAUSE) > 0;
      if (!again || tries == TRIES || tooLong) {
        throw fault;
      }
      Duration own = FIRST_PAUSE.multipliedBy(1L << (tries - 1));
      pause.of(wished == null || wished.compareTo(own) < 0 ? own : wished);
    }
  }

  private static RemoteFault refused(int status) {
    if (status >= 300 && status < 400) {
      return new RemoteFault(
          RemoteFault.Kind.Redirected,
          "the server redirects (" + status + "), which is not followed; set the URL it leads to");
    }
    if (status == 429) {
      return new RemoteFault(
          RemoteFault.Kind.TooManyRequests, "the server takes no more requests (429)");
    }
    return status >= 500
        ? new RemoteFault(RemoteFault.Kind.ServerError, "the server answers " + status)
        : new RemoteFault(RemoteFault.Kind.Refused, "the server answers " + status);
  }

  private double[] counted(double[] scores) {
    long without = Arrays.stream(scores).filter(Double::isNaN).count();
    if (without > 0) {
      note(
          without,
          new RemoteFault(
              RemoteFault.Kind.NotANumber, "the server answers something that is not a number"));
    }
    return scores;
  }

  private double[] none(int people, RemoteFault fault) {
    note(people, fault);
    double[] scores = new double[people];
    Arrays.fill(scores, Double.NaN);
    return scores;
  }

  private synchronized void note(long people, RemoteFault fault) {
    unanswered.merge(fault.kind(), people, Long::sum);
    messages.putIfAbsent(fault.kind(), fault.getMessage());
    lastOfAll = fault;
  }

  private synchronized void ended(boolean answered) {
    failedInARow = answered ? 0 : failedInARow + 1;
  }

  private synchronized RemoteFault gaveUp() {
    return failedInARow >= GIVES_UP ? lastOfAll : null;
  }

  /**
   * Who was not answered about so far.
   *
   * @param kind what happened most; null when all were answered about
   * @param message the same as a sentence, or null
   */
  public record Unanswered(long people, RemoteFault.Kind kind, String message) {}

  public synchronized Unanswered unanswered() {
    RemoteFault.Kind most =
        unanswered.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(null);
    long people = unanswered.values().stream().mapToLong(Long::longValue).sum();
    return new Unanswered(people, most, most == null ? null : messages.get(most));
  }
}
