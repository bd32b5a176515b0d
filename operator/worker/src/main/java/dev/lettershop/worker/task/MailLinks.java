package dev.lettershop.worker.task;

import dev.lettershop.store.hit.LinkTarget;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * How many recorded links a mail has, about: those of the template that one of them stands in.
 * Keeps those of the runs that were asked for last. Not thread-safe.
 */
final class MailLinks {
  private static final int KEPT = 200;

  private final LongFunction<List<LinkTarget>> targets;
  private final Map<Long, Map<Integer, Integer>> counts = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param targets links of a run
   */
  MailLinks(LongFunction<List<LinkTarget>> targets) {
    this.targets = targets;
  }

  /** How many links the mail has in which a link stands; at least 1. */
  int in(long runId, int number) {
    Map<Integer, Integer> ofRun = counts.get(runId);
    if (ofRun == null) {
      ofRun = count(targets.apply(runId));
      counts.put(runId, ofRun);
      if (counts.size() > KEPT) {
        counts.remove(counts.keySet().iterator().next());
      }
    }
    return ofRun.getOrDefault(number, 1);
  }

  private static Map<Integer, Integer> count(List<LinkTarget> links) {
    Map<String, Long> byTemplate =
        links.stream().collect(Collectors.groupingBy(LinkTarget::template, Collectors.counting()));
    Map<Integer, Integer> counts = new HashMap<>();
    links.forEach(link -> counts.put(link.number(), byTemplate.get(link.template()).intValue()));
    return counts;
  }
}
