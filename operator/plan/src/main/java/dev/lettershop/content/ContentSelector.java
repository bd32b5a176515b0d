package dev.lettershop.content;

import dev.lettershop.profile.LocaleChain;
import dev.lettershop.profile.Profile;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.ast.Truth;
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
 * and whose rule is true; else the slot's default; else the slot is absent; each in the language
 * that fits the profile best. A rule whose answer is unknown does not match. Immutable and
 * thread-safe.
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
   * @param set slot to its value as text
   * @param translations the same in other languages, by canonical language tag, for some or all of
   *     the slots
   */
  public record Entry(
      Condition when, Map<String, String> set, Map<String, Map<String, String>> translations) {
    public Entry {
      Objects.requireNonNull(when);
      set = Map.copyOf(set);
      translations = Map.copyOf(translations);
    }

    /** An entry in one language. */
    public Entry(Condition when, Map<String, String> set) {
      this(when, set, Map.of());
    }

    /** An entry of a rule, be it the campaign's own or a segment's. */
    public Entry(Rule when, Map<String, String> set) {
      this(when, set, Map.of());
    }

    /** An entry of a rule, in several languages. */
    public Entry(
        Rule when, Map<String, String> set, Map<String, Map<String, String>> translations) {
      this(new RuleCondition(when.source(), when), set, translations);
    }
  }

  private record IndexedEntry(int condition, Entry entry) {}

  private final List<Condition> conditions = new ArrayList<>();
  private final List<IndexedEntry> entries = new ArrayList<>();
  private final Map<String, String> defaults;
  private final Map<String, Map<String, String>> translatedDefaults;
  private final int slotsSetByRules;

  /**
   * @param entries in the order of the campaign
   * @param defaults slot to its value as text, for slots that have a default
   */
  public ContentSelector(List<Entry> entries, Map<String, String> defaults) {
    this(entries, defaults, Map.of());
  }

  /**
   * @param entries in the order of the campaign
   * @param defaults slot to its value as text, for slots that have a default
   * @param translatedDefaults the same in other languages, by canonical language tag, for some or
   *     all of the slots
   */
  public ContentSelector(
      List<Entry> entries,
      Map<String, String> defaults,
      Map<String, Map<String, String>> translatedDefaults) {
    this.defaults = Map.copyOf(defaults);
    this.translatedDefaults = Map.copyOf(translatedDefaults);
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
      this.entries.add(new IndexedEntry(index, entry));
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
    return choose(profile, now, null);
  }

  /**
   * What one entry had to say.
   *
   * @param answer also where an earlier entry left nothing to decide
   * @param won slots that have their value from it
   * @param late slots that an earlier entry had filled already
   */
  public record Outcome(Truth answer, Map<String, String> won, List<String> late) {}

  /** The content for one profile, and how it came about: an outcome for each entry. */
  public record Decision(Map<String, String> content, List<Outcome> outcomes) {}

  /** The content as {@link #select} gives it, with what each entry had to say. */
  public Decision decide(Profile profile, Instant now) {
    List<Outcome> outcomes = new ArrayList<>();
    return new Decision(choose(profile, now, outcomes), outcomes);
  }

  /**
   * @param outcomes takes one for each entry; null to evaluate only what can matter
   */
  private Map<String, String> choose(Profile profile, Instant now, List<Outcome> outcomes) {
    Map<String, String> chosen = new TreeMap<>();
    Object locale = profile.attributes().get("locale");
    Truth[] answers = new Truth[conditions.size()];
    for (IndexedEntry indexed : entries) {
      Set<String> slots = indexed.entry().set().keySet();
      if (outcomes == null && chosen.keySet().containsAll(slots)) {
        continue;
      }
      int condition = indexed.condition();
      if (answers[condition] == null) {
        answers[condition] = conditions.get(condition).evaluate(profile, now);
      }
      Map<String, String> won = new TreeMap<>();
      if (answers[condition].isTrue()) {
        put(indexed.entry().set(), indexed.entry().translations(), locale, won);
      }
      if (outcomes != null) {
        outcomes.add(outcome(answers[condition], won, chosen));
      }
      won.forEach(chosen::putIfAbsent);
      if (outcomes == null && chosen.size() == slotsSetByRules) {
        break;
      }
    }
    put(defaults, translatedDefaults, locale, chosen);
    return chosen;
  }

  private static Outcome outcome(
      Truth answer, Map<String, String> set, Map<String, String> before) {
    Map<String, String> won = new TreeMap<>(set);
    won.keySet().removeAll(before.keySet());
    return new Outcome(answer, won, set.keySet().stream().filter(before::containsKey).toList());
  }

  /** Each slot in the language that fits best, where nothing has been chosen before. */
  private static void put(
      Map<String, String> own,
      Map<String, Map<String, String>> translations,
      Object locale,
      Map<String, String> chosen) {
    if (translations.isEmpty()) {
      own.forEach(chosen::putIfAbsent);
      return;
    }
    List<String> languages = LocaleChain.of(locale);
    Set<String> slots = new TreeSet<>(own.keySet());
    languages.forEach(tag -> slots.addAll(translations.getOrDefault(tag, Map.of()).keySet()));
    for (String slot : slots) {
      String value = own.get(slot);
      for (int i = languages.size() - 1; i >= 0; i--) {
        value = translations.getOrDefault(languages.get(i), Map.of()).getOrDefault(slot, value);
      }
      chosen.putIfAbsent(slot, value);
    }
  }
}
