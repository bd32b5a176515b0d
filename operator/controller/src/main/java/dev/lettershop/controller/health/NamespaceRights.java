package dev.lettershop.controller.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the controller may still read where it watches. A watch that is refused when it is taken
 * up again is tried again in silence, so this asks, once a minute at most, however often it is
 * asked itself. What is missing is logged once.
 */
public final class NamespaceRights {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceRights.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Collection<String> namespaces;
  private final Function<String, Optional<String>> refusal;
  private final Clock clock;

  private Instant asked;
  private List<String> missing = List.of();

  /**
   * @param namespaces that are watched; a null among them stands for all
   * @param refusal why a namespace must not be read; empty when it may, or when nobody can tell
   */
  public NamespaceRights(
      Collection<String> namespaces, Function<String, Optional<String>> refusal, Clock clock) {
    this.namespaces = namespaces;
    this.refusal = refusal;
    this.clock = clock;
  }

  /** What the API server says of each namespace that must not be read. */
  public synchronized List<String> missing() {
    Instant now = clock.instant();
    if (asked != null && now.isBefore(asked.plus(PAUSE))) {
      return missing;
    }
    asked = now;
    TreeSet<String> found = new TreeSet<>();
    namespaces.forEach(namespace -> refusal.apply(namespace).ifPresent(found::add));
    found.stream()
        .filter(said -> !missing.contains(said))
        .forEach(said -> LOG.warn("Changes are no longer seen: {}", said));
    missing = List.copyOf(found);
    return missing;
  }
}
