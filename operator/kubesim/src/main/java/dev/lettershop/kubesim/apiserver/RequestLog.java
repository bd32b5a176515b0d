package dev.lettershop.kubesim.apiserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is asked of the server, and remembers the latest writes. Thread-safe. */
public final class RequestLog {
  private static final int KEPT = 50_000;
  private static final Set<String> READS = Set.of("get", "list", "watch", "other");

  private final Map<String, LongAdder> counts = new TreeMap<>();
  private final Deque<Write> writes = new ArrayDeque<>();
  private long count;

  /**
   * A request that may have changed something.
   *
   * @param verb such as {@code patch}
   * @param path such as {@code /apis/batch/v1/namespaces/shop/jobs}
   * @param agent who it was, by the header {@code User-Agent}
   * @param code of the answer
   */
  public record Write(String verb, String path, String agent, int code) {}

  synchronized void add(String verb, String resource, Write write) {
    counts.computeIfAbsent(verb + " " + resource, key -> new LongAdder()).increment();
    if (!READS.contains(verb)) {
      count++;
      writes.add(write);
      if (writes.size() > KEPT) {
        writes.remove();
      }
    }
  }

  /** A point to count from. */
  public synchronized long mark() {
    return count;
  }

  /**
   * The writes since then, refused ones included; of more than 50,000 the latest.
   *
   * @param mark from {@link #mark()}
   */
  public synchronized List<Write> writesSince(long mark) {
    long skip = Math.max(0, writes.size() - (count - mark));
    return writes.stream().skip(skip).toList();
  }

  /** How often each was asked since the start, by verb and resource: {@code list jobs.batch}. */
  public synchronized Map<String, Long> counts() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((what, number) -> copy.put(what, number.sum()));
    return copy;
  }
}
