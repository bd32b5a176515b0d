package dev.lettershop.api.v1alpha1.source;

import dev.lettershop.controller.event.Events;
import dev.lettershop.store.consent.Consents;

/** What the records of a source are. */
public enum Provides {
  Profiles,
  Events,
  Consents,
  Suppressions
}
