package dev.lettershop.content;

import dev.lettershop.profile.Profile;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses the content of a campaign's slots for one profile: per slot, the first entry that sets it
 * and whose rule is true; else the slot's default; else the slot is absent. A rule whose answer is
 * unknown does not match. Immutable and thread-safe.
 *
 * <p>Rules are evaluated lazily: only while a slot that they set is still open, and each distinct
 * rule at most once per profile, however many entries share it.
 */
public final class ContentSelector {

  /** What decides whether an entry matches; equal conditions give equal answers. */
  @FunctionalInterface
  public interface Condition {
    Truth evaluate(Profile profile, Instant now);
  }

  /** Rules with the same source, compiled together, mean the same. */
  private record RuleCondition(String source, Rule rule) implements Condition {
    @Override
    public Truth evaluate(Profile profile, Instant now) {
      return rule.evaluate(profile, now);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RuleCondition that && source.equals(that.source);
    }

    @Override
    public int hashCode() {
      return source.hashCode();
    }
  }

  /**
   * One content rule.
   *
   * @param when when it matches
   * @param set slot to plain text
   */
  public record Entry(Condition when, Map<String, String> set) {
    public Entry {
      Objects.requireNonNull(when);
      set = Map.copyOf(set);
    }

    /** An entry of a rule, be it the campaign's own or a segment's. */
    public Entry(Rule when, Map<String, String> set) {
      this(new RuleCondition(when.source(), when), set);
    }
  }

  private record IndexedEntry(int condition, Map<String, String> set) {}

  private final List<Condition> conditions = new ArrayList<>();
  private final List<IndexedEntry> entries = new ArrayList<>();
  private final Map<String, String> defaults;
  private final int slotsSetByRules;

  /**
   * @param entries in the order of the campaign
   * @param defaults slot to plain text, for slots that have a default
   */
  public ContentSelector(List<Entry> entries, Map<String, String> defaults) {
    this.defaults = Map.copyOf(defaults);
    Map<Condition, Integer> indexes = new HashMap<>();
    Set<String> slots = new TreeSet<>();
    for (Entry entry : entries) {
      int index =
          indexes.computeIfAbsent(
              entry.when(),
              condition -> {
                conditions.add(condition);
                return conditions.size() - 1;
              });
      this.entries.add(new IndexedEntry(index, entry.set()));
      slots.addAll(entry.set().keySet());
    }
    slotsSetByRules = slots.size();
  }

  /**
   * The content for one profile, by slot, sorted; never holds null.
   *
   * @param now the moment that rules compare with, the same for all recipients of a run
   */
  public Map<String, String> select(Profile profile, Instant now) {
    Map<String, String> chosen = new TreeMap<>();
    Truth[] answers = new Truth[conditions.size()];
    for (IndexedEntry entry : entries) {
      if (chosen.size() == slotsSetByRules) {
        break;
      }
      if (chosen.keySet().containsAll(entry.set().keySet())) {
        continue;
      }
      if (answers[entry.condition()] == null) {
        answers[entry.condition()] = conditions.get(entry.condition()).evaluate(profile, now);
      }
      if (answers[entry.condition()].isTrue()) {
        entry.set().forEach(chosen::putIfAbsent);
      }
    }
    defaults.forEach(chosen::putIfAbsent);
    return chosen;
  }
}
