package dev.lettershop.playground.architecture.arguments;

/** Passes eight values by position, for the test of the rule. */
final class Talkative {
  Object talk() {
    return new Listener(1, 2, 3, 4, 5, 6, 7, 8);
  }
}
