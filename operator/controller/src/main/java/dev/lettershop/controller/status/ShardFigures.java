package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.experiment.VariantCounts;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import dev.lettershop.api.v1alpha1.run.RunAudience;
import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardPause;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What the shards of a run report, each by itself and summed. */
final class ShardFigures {
  private final Map<String, ShardStatus> shards;

  private ShardFigures(Map<String, ShardStatus> shards) {
    this.shards = shards;
  }

  /**
   * Takes what the workers wrote, and in place of it what they left behind when they ended, where
   * that is newer.
   */
  static ShardFigures of(Map<String, ShardStatus> written, Collection<WorkerEnd> ends) {
    Map<String, ShardStatus> shards =
        new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(String::compareTo));
    shards.putAll(written);
    for (WorkerEnd end : ends) {
      ShardStatus left = end.message() == null ? null : end.message().shard();
      if (left != null) {
        ShardStatus dated = dated(left, end.time());
        shards.merge(end.shard(), dated, (a, b) -> Moments.isAfter(b.time(), a.time()) ? b : a);
      }
    }
    return new ShardFigures(shards);
  }

  Map<String, ShardStatus> shards() {
    return shards;
  }

  /** Null when no shard has reported. */
  RunAudience audience() {
    Long selected = sum(ShardStatus::selected);
    Map<String, Long> skipped = sums(ShardStatus::skipped);
    return selected == null && skipped.isEmpty() ? null : new RunAudience(selected, skipped);
  }

  /** Null when no shard has reported. */
  DeliveryCounts deliveries() {
    DeliveryCounts counts =
        new DeliveryCounts(
            sum(ShardStatus::selected),
            sum(ShardStatus::sent),
            sum(ShardStatus::deferred),
            sum(ShardStatus::failed),
            sum(ShardStatus::uncertain));
    return counts.equals(new DeliveryCounts(null, null, null, null, null)) ? null : counts;
  }

  List<VariantCounts> variants() {
    return sums(ShardStatus::variants).entrySet().stream()
        .map(e -> new VariantCounts(e.getKey(), e.getValue()))
        .toList();
  }

  /** Why nobody sends; empty as long as one of the shards that are not finished does. */
  Optional<ShardPause> pause() {
    List<ShardStatus> busy =
        shards.values().stream().filter(s -> s.activity() == ShardActivity.Sending).toList();
    return busy.stream().allMatch(s -> s.pause() != null)
        ? busy.stream().map(ShardStatus::pause).findFirst()
        : Optional.empty();
  }

  /** Addresses whose suppression waits, as the shard has it that reported last. */
  long suppressionsHeld() {
    return SuppressionsHeld.of(shards.values()).map(SuppressionsHeld::addresses).orElse(0L);
  }

  /** What the shard that is furthest does; null when none has reported. */
  ShardActivity activity() {
    return shards.values().stream()
        .map(ShardStatus::activity)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * Such as {@code 88,000 of 120,000 sent, 40 failed, 12 wait for another try}; null when no shard
   * has reported, because that does not mean that nothing was sent.
   */
  String sentence() {
    if (count(ShardStatus::selected) == 0) {
      return sum(ShardStatus::selected) == null ? null : "nobody was to be mailed";
    }
    StringBuilder text = new StringBuilder();
    text.append(number(count(ShardStatus::sent)))
        .append(" of ")
        .append(number(count(ShardStatus::selected)))
        .append(" sent");
    append(text, count(ShardStatus::failed), "failed", "failed");
    append(text, count(ShardStatus::deferred), "waits for another try", "wait for another try");
    append(text, count(ShardStatus::uncertain), "is uncertain", "are uncertain");
    return text.toString();
  }

  /**
   * The same of a run that goes on; null as long as nobody is known to be mailed, because other
   * shards may not have got that far.
   */
  String sentenceSoFar() {
    return count(ShardStatus::selected) == 0 ? null : sentence();
  }

  /** Such as {@code 120,000}, whatever the locale. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Whether nobody who was selected is open: the run has ended, whatever became of its Job. */
  boolean areComplete() {
    Long selected = sum(ShardStatus::selected);
    return selected != null
        && shards.values().stream().allMatch(s -> s.activity() == ShardActivity.Finished)
        && count(ShardStatus::sent) + count(ShardStatus::failed) + count(ShardStatus::uncertain)
            >= selected;
  }

  long count(Function<ShardStatus, Long> figure) {
    Long sum = sum(figure);
    return sum == null ? 0 : sum;
  }

  private static void append(StringBuilder text, long number, String one, String many) {
    if (number > 0) {
      text.append(", ").append(number(number)).append(' ').append(number == 1 ? one : many);
    }
  }

  private Long sum(Function<ShardStatus, Long> figure) {
    return shards.values().stream()
        .map(figure)
        .filter(Objects::nonNull)
        .reduce(Long::sum)
        .orElse(null);
  }

  private Map<String, Long> sums(Function<ShardStatus, Map<String, Long>> figures) {
    Map<String, Long> sums = new TreeMap<>();
    for (ShardStatus shard : shards.values()) {
      figures.apply(shard).forEach((name, number) -> sums.merge(name, number, Long::sum));
    }
    return sums;
  }

  private static ShardStatus dated(ShardStatus shard, String time) {
    return shard.time() != null
        ? shard
        : new ShardStatus(
            shard.activity(),
            shard.selected(),
            shard.skipped(),
            shard.sent(),
            shard.failed(),
            shard.deferred(),
            shard.uncertain(),
            shard.variants(),
            time,
            shard.pause(),
            shard.suppressionsHeld());
  }
}
