package dev.lettershop.collector.mapping;

import dev.lettershop.collector.intake.CallType;
import dev.lettershop.store.load.consent.LoadedConsent;
import dev.lettershop.store.load.event.LoadedEvent;
import dev.lettershop.store.load.event.VisitorLink;
import dev.lettershop.store.load.profile.LoadedProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the calls of a batch come to.
 *
 * @param mapped how many calls of each type were used
 * @param ignored how many calls say nothing that the store keeps
 */
record Rows(
    List<LoadedProfile> profiles,
    List<VisitorLink> links,
    List<LoadedConsent> consents,
    List<LoadedEvent> visitorEvents,
    List<LoadedEvent> userEvents,
    Map<CallType, Integer> mapped,
    Map<CallType, Integer> ignored) {
  Rows() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new EnumMap<>(CallType.class),
        new EnumMap<>(CallType.class));
  }

  void count(CallType type, boolean used) {
    (used ? mapped : ignored).merge(type, 1, Integer::sum);
  }
}
