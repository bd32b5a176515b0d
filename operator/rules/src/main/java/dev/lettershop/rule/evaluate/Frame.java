package dev.lettershop.rule.evaluate;

import dev.lettershop.profile.Event;
import dev.lettershop.profile.ModelOutput;
import dev.lettershop.profile.Profile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** What one evaluation looks at. Confined to one thread; used once. */
public final class Frame {
  private static final Object[] NONE = {};

  final Map<String, Object> attributes;
  final List<Event> events;
  final Map<String, ModelOutput> models;
  final Instant now;

  /** The Event or String that the variable of each slot stands for. */
  final Object[] slots;

  public Frame(Profile profile, Instant now, int slots) {
    this.attributes = profile.attributes();
    this.events = profile.events();
    this.models = profile.models();
    this.now = micros(now);
    this.slots = slots == 0 ? NONE : new Object[slots];
  }

  Event event(int slot) {
    return (Event) slots[slot];
  }

  /** A moment as PostgreSQL keeps it. */
  static Instant micros(Instant moment) {
    return moment.getNano() % 1000 == 0 ? moment : moment.truncatedTo(ChronoUnit.MICROS);
  }
}
