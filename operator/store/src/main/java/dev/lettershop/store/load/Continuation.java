package dev.lettershop.store.load;

/** Whether a load begins a reading of its source, or goes on with one. */
public enum Continuation {
  /** The source is read from its start: what was wrong with it before is forgotten. */
  FromStart,
  /** Only what is new is read: what was set aside before stays set aside. */
  Onwards
}
