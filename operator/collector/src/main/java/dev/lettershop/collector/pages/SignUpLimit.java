package dev.lettershop.collector.pages;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many sign-ups one network may send, and all together: nobody should have thousands of mails
 * sent to strangers. Counts by windows of time; forgets everything at the end of each. Thread-safe.
 */
final class SignUpLimit {
  /** Bounds memory; networks beyond count together. */
  private static final int MOST_NETWORKS = 100_000;

  private static final String OTHERS = "others";

  private final int ofNetwork;
  private final int ofAll;
  private final Duration window;
  private final Clock clock;
  private final Map<String, Integer> counts = new HashMap<>();
  private long current;
  private int all;

  /**
   * @param ofNetwork sign-ups of one network in the window, at least 1
   * @param ofAll sign-ups of all together in the window
   */
  SignUpLimit(int ofNetwork, int ofAll, Duration window, Clock clock) {
    this.ofNetwork = ofNetwork;
    this.ofAll = ofAll;
    this.window = window;
    this.clock = clock;
  }

  /**
   * Counts a sign-up.
   *
   * @param client address of the sender
   * @return whether it is within the limits
   */
  synchronized boolean allows(String client) {
    long now = clock.millis() / window.toMillis();
    if (now != current) {
      current = now;
      counts.clear();
      all = 0;
    }
    String network = network(client);
    if (!counts.containsKey(network) && counts.size() >= MOST_NETWORKS) {
      network = OTHERS;
    }
    if (counts.getOrDefault(network, 0) >= ofNetwork || all >= ofAll) {
      return false;
    }
    counts.merge(network, 1, Integer::sum);
    all++;
    return true;
  }

  /** Seconds until the window ends, at least 1. */
  long secondsLeft() {
    long millis = window.toMillis();
    return Math.max(1, (millis - clock.millis() % millis) / 1000);
  }

  /** What one household or office has: an IPv4 address, or the first 64 bits of an IPv6 address. */
  static String network(String client) {
    // A host name would be looked up; only what is an address already is read as one.
    if (client.indexOf(':') < 0) {
      return client;
    }
    try {
      byte[] bytes = InetAddress.getByName(client).getAddress();
      return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    } catch (UnknownHostException notAnAddress) {
      return client;
    }
  }
}
