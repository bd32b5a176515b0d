package dev.lettershop.template.model;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which values cannot be missing once a condition has been answered. A comparison guards only when
 * a missing value would have been answered otherwise: {@code city != ""} holds for somebody without
 * a city, {@code city == "Rome"} does not.
 *
 * @param ifTrue full names of values that are there when the condition holds
 * @param ifFalse full names of values that are there when it does not
 */
public record Guard(Set<String> ifTrue, Set<String> ifFalse) {
  public static final Guard NONE = new Guard(Set.of(), Set.of());

  /** A condition that holds for no missing value, and says nothing about the others. */
  public static Guard present(Collection<String> paths) {
    return new Guard(Set.copyOf(paths), Set.of());
  }

  public Guard not() {
    return new Guard(ifFalse, ifTrue);
  }

  public Guard and(Guard other) {
    return new Guard(union(ifTrue, other.ifTrue), intersection(ifFalse, other.ifFalse));
  }

  public Guard or(Guard other) {
    return not().and(other.not()).not();
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> union = new HashSet<>(a);
    union.addAll(b);
    return union;
  }

  private static Set<String> intersection(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    return both;
  }

  /** What an operand of a comparison is known to be. */
  public enum Known {
    /** A name: it may be missing. */
    Name,
    /** A literal that says "missing", such as {@code nil}; Liquid's {@code blank} is one too. */
    Missing,
    /** A literal that shows nothing, and that no missing value equals, such as an empty text. */
    Empty,
    /** Any other literal. */
    Something
  }

  /** One side of a comparison. */
  public record Side(Known known, Collection<String> paths) {}

  /** {@code left == right}. */
  public static Guard equal(Side left, Side right) {
    if (left.known() == Known.Name && right.known() == Known.Name
        || left.known() != Known.Name && right.known() != Known.Name) {
      return NONE;
    }
    Side name = left.known() == Known.Name ? left : right;
    Known literal = left.known() == Known.Name ? right.known() : left.known();
    return switch (literal) {
      case Missing -> present(name.paths()).not();
      case Something -> present(name.paths());
      default -> NONE;
    };
  }

  /** {@code left < right} and its like, which hold for no missing value. */
  public static Guard ordered(Side left, Side right) {
    return present(left.paths()).and(present(right.paths()));
  }
}
