package dev.lettershop.collector.process;

import dev.lettershop.collector.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends events as clients do: one that was not answered with 200 is sent again, with the same
 * message id, until it is.
 */
final class Sender implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI uri;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Set<Long> answered = ConcurrentHashMap.newKeySet();
  private final AtomicLong retries = new AtomicLong();
  private final CountDownLatch running;

  Sender(URI uri, int threads) {
    this.uri = uri;
    this.running = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      new Thread(this::send, "sender" + i).start();
    }
  }

  private void send() {
    try {
      while (!ended.get()) {
        long first = numbers.getAndAdd(5);
        while (!answered(first)) {
          retries.incrementAndGet();
          TimeUnit.MILLISECONDS.sleep(20);
        }
        for (long n = first; n < first + 5; n++) {
          answered.add(n);
        }
        // Leaves something of the machine to the collector, which has to store all of it.
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.countDown();
    }
  }

  private boolean answered(long first) throws InterruptedException {
    StringBuilder body = new StringBuilder("{\"batch\":[");
    for (long n = first; n < first + 5; n++) {
      body.append(n == first ? "" : ",")
          .append(
              "{\"type\":\"track\",\"event\":\"product_viewed\",\"messageId\":\"k%1$d\",\"%3$s\":\"p%2$d\",\"properties\":{\"n\":%1$d}}"
                  .formatted(n, n % 50, n % 3 == 0 ? "anonymousId" : "userId"));
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .header("authorization", Http.basic(CollectorFolder.SERVER_KEY))
            .POST(BodyPublishers.ofString(body.append("]}").toString()))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException down) {
      return false;
    }
  }

  /** Ends when everything that was begun has been answered; says what that is. */
  Set<Long> end() throws InterruptedException {
    ended.set(true);
    if (!running.await(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Some events are not answered after two minutes");
    }
    return answered;
  }

  long retries() {
    return retries.get();
  }

  int count() {
    return answered.size();
  }

  @Override
  public void close() {
    ended.set(true);
  }
}
