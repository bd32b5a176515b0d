package dev.lettershop.rule.ast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A checked rule, or a part of one: the form that every engine works from. Types are already right;
 * what an engine cannot do was refused before. Immutable.
 *
 * <p>Every expression has a value or is <em>unknown</em>. An operation with an unknown operand is
 * unknown; where that is not so, it is said. A slot is the nesting depth of the list that a
 * variable runs over, from 0.
 */
public sealed interface Expr {

  /** Never null. */
  ValueType type();

  /**
   * A constant.
   *
   * @param value String, Boolean, Long, Double (finite), Instant or Duration (both in whole
   *     microseconds)
   */
  record Literal(ValueType type, Object value) implements Expr {
    public Literal {
      Objects.requireNonNull(type);
      Objects.requireNonNull(value);
    }

    public static Literal of(boolean value) {
      return new Literal(ValueType.Boolean, value);
    }

    public static Literal of(long value) {
      return new Literal(ValueType.Integer, value);
    }

    public static Literal of(double value) {
      return new Literal(ValueType.Double, value);
    }

    public static Literal of(String value) {
      return new Literal(ValueType.String, value);
    }

    public static Literal of(Instant value) {
      return new Literal(ValueType.Timestamp, value);
    }

    public static Literal of(Duration value) {
      return new Literal(ValueType.Duration, value);
    }
  }

  /** An attribute of the profile; unknown when absent or not a number (NaN). */
  record Attribute(String name, ValueType type) implements Expr {}

  /**
   * A property of the event in a slot; unknown when absent, of another JSON type than declared, or
   * beyond {@link Limits}.
   */
  record Property(int slot, String name, ValueType type) implements Expr {}

  /** When the event in a slot happened. */
  record OccurredAt(int slot) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Timestamp;
    }
  }

  /** The text in a slot, when the slot runs over a StringList. */
  record Element(int slot) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.String;
    }
  }

  /** The moment of evaluation, shifted by {@code offset} (at most {@link Limits#DURATION}). */
  record Now(Duration offset) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Timestamp;
    }
  }

  /** A reference has a value. Never unknown. */
  record Has(Expr reference) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** Kleene's conjunction: false when one is, else unknown when one is, else true. At least two. */
  record And(List<Expr> operands) implements Expr {
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** Kleene's disjunction. At least two operands. */
  record Or(List<Expr> operands) implements Expr {
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  record Not(Expr operand) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** One of two values of the same type; only the one chosen need be known. */
  record Choice(Expr condition, Expr then, Expr otherwise) implements Expr {
    @Override
    public ValueType type() {
      return then.type();
    }
  }

  /**
   * Two values of the same type. Strings are ordered by code point; Booleans know only Equal and
   * NotEqual.
   */
  record Compare(Comparison comparison, Expr left, Expr right) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual;

    /** The comparison that gives the same answer when both sides change places. */
    public Comparison mirrored() {
      return switch (this) {
        case Equal, NotEqual -> this;
        case Less -> Greater;
        case LessOrEqual -> GreaterOrEqual;
        case Greater -> Less;
        case GreaterOrEqual -> LessOrEqual;
      };
    }
  }

  /** A value is one of some constants of its type (possibly none). */
  record OneOf(Expr value, List<Literal> options) implements Expr {
    public OneOf {
      options = List.copyOf(options);
    }

    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** A StringList contains a String. */
  record Includes(Expr list, Expr element) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** A question about two Strings. */
  record TextTest(TextQuestion question, Expr text, Expr argument) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  enum TextQuestion {
    Contains,
    StartsWith,
    EndsWith
  }

  /** A String contains a match of a pattern. */
  record Matches(Expr text, TextPattern pattern) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** A String, changed. */
  record TextChange(TextEdit edit, Expr text) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.String;
    }
  }

  enum TextEdit {
    LowerAscii,
    UpperAscii,
    /** Removes Unicode white space ({@link Limits#WHITE_SPACE}) at both ends. */
    Trim
  }

  /** Code points of a String, or elements of a StringList. */
  record Size(Expr of) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Integer;
    }
  }

  /**
   * Both operands and the result have the same type: Integer, Double, or String (Add alone).
   *
   * <p>Integer: 64 bits, division truncates; unknown on overflow and division by zero. Double:
   * unknown on division by zero and when an operand is outside {@link Limits#inArithmeticRange}.
   */
  record Arithmetic(Operation operation, Expr left, Expr right) implements Expr {
    @Override
    public ValueType type() {
      return left.type();
    }
  }

  enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    /** Integers only; the sign is that of the dividend. */
    Remainder
  }

  /**
   * A value in another type: Integer to Double (rounded to nearest), Double to Integer (truncated;
   * unknown beyond 64 bits), Integer or Boolean to String, String to Integer (unknown unless it is
   * an optional minus and 1 to 18 ASCII digits).
   */
  record Convert(Expr value, ValueType type) implements Expr {}

  /** A Timestamp shifted by a constant; unknown outside the years 1 to 9999. */
  record Shift(Expr timestamp, Duration by) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Timestamp;
    }
  }

  /** {@code later - earlier}; unknown when one is outside the years 1 to 9999. */
  record Between(Expr later, Expr earlier) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Duration;
    }
  }

  /**
   * Events of a profile.
   *
   * @param slot variable of {@code filter} and of what is asked about each event
   * @param filter only those for which it is true; null for all
   */
  record Events(int slot, String name, EventWindow window, Expr filter) {
    public Events {
      Objects.requireNonNull(name);
      Objects.requireNonNull(window);
    }
  }

  /**
   * True when there is an event for which filter and predicate are true, otherwise unknown when
   * there is one for which that is unknown, otherwise false.
   */
  record AnyEvent(Events events, Expr predicate) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** The same as {@link AnyEvent} over the elements of a StringList. */
  record AnyElement(Expr list, int slot, Expr predicate) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** How many events there are; unknown when the filter is for one of them. */
  record EventCount(Events events) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Integer;
    }
  }

  /**
   * One figure over a value of each event. Unknown when the filter or the value is for one of them.
   * Over no events the sum is 0 and all others are unknown. Doubles are added as decimals of 15
   * significant digits, exactly, so that their order does not matter.
   *
   * <p>Last is the value of the newest event, of several at one moment the greatest value; it is
   * unknown when the value of one of these is, whatever the older ones have.
   *
   * @param value Integer, Double, (Min and Max) Timestamp, or (Last) anything but a list
   */
  record EventFigure(Figure figure, Events events, Expr value) implements Expr {
    @Override
    public ValueType type() {
      return figure == Figure.Average ? ValueType.Double : value.type();
    }
  }

  enum Figure {
    Sum,
    Min,
    Max,
    Average,
    Last
  }

  /**
   * A part of the date or time of a moment on a clock; unknown outside of {@link
   * Limits#inCalendarRange} and when the zone is unknown or none.
   *
   * @param zone name of a {@link Clock}; null for UTC
   */
  record CalendarPart(DatePart part, Expr timestamp, Expr zone) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Integer;
    }
  }

  /**
   * Today, or one of the {@code days} after it (before it when negative), is the same day of a
   * later year as that of a moment; the 29 February counts on the 28th in years without it. The day
   * of the moment is the one in UTC, as dates are kept; unknown like {@link CalendarPart}.
   *
   * @param days from -365 to 365
   * @param zone name of the {@link Clock} that says which day is today; null for UTC
   */
  record Anniversary(Expr timestamp, int days, Expr zone) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }

  /** What a model has computed for the profile; unknown when it has not. */
  record Score(String model) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Double;
    }
  }

  /** The group that a model has put the profile into; unknown when it has not. */
  record Cluster(String model) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.String;
    }
  }

  /** A segment put in place; means what its rule means. */
  record InSegment(String segment, Expr rule) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.Boolean;
    }
  }
}
