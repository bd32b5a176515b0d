package dev.lettershop.store.rule;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.ast.CelLiterals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes rules of the whole language, at random, that a schema allows. */
public final class RandomRules {
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
  private final Random random;
  private final ProfileSchema schema;
  private final List<String> segments;
  private final List<Scope> scopes = new ArrayList<>();

  /** A variable: over events when {@code event} is not null, else over texts. */
  private record Scope(String variable, EventDefinition event) {}

  /**
   * @param segments that rules may refer to
   */
  public RandomRules(Random random, ProfileSchema schema, List<String> segments) {
    this.random = random;
    this.schema = schema;
    this.segments = segments;
  }

  public String rule() {
    return bool(4);
  }

  /** An expression that comes to a number, mostly of events. */
  public String number() {
    return switch (random.nextInt(8)) {
      case 0 -> number(2);
      case 1 -> integer(2);
      case 2 -> "(" + moment(1) + " - " + moment(1) + ")";
      case 3 -> bool(2);
      case 4 -> "now - " + moment(2);
      default -> ofEvents();
    };
  }

  private String ofEvents() {
    List<EventDefinition> all = schema.allEvents();
    EventDefinition event = all.get(random.nextInt(all.size()));
    String list = "events(" + CelLiterals.of(event.name()) + window() + ")";
    if (random.nextInt(3) == 0) {
      list += inside(event, "filter", 2);
    }
    if (random.nextInt(3) == 0) {
      return list + ".size()";
    }
    String variable = "e" + scopes.size();
    scopes.add(new Scope(variable, event));
    String value = random.nextBoolean() ? integer(1) : number(1);
    scopes.remove(scopes.size() - 1);
    return list + ".map(" + variable + ", " + value + ")." + one("sum", "min", "max", "avg") + "()";
  }

  private String bool(int depth) {
    if (depth <= 0) {
      return atom(depth);
    }
    return switch (random.nextInt(16)) {
      case 15 -> mail();
      case 14 ->
          segments.isEmpty()
              ? atom(depth)
              : "inSegment(\"" + segments.get(random.nextInt(segments.size())) + "\")";
      case 0, 1 -> "(" + bool(depth - 1) + " && " + bool(depth - 1) + ")";
      case 2, 3 -> "(" + bool(depth - 1) + " || " + bool(depth - 1) + ")";
      case 4, 5 -> "!(" + bool(depth - 1) + ")";
      case 6 -> "(" + bool(depth - 2) + " ? " + bool(depth - 2) + " : " + bool(depth - 2) + ")";
      case 7 -> "((" + bool(depth - 2) + ") " + one("==", "!=") + " (" + bool(depth - 2) + "))";
      case 8, 9 -> events(depth);
      default -> atom(depth);
    };
  }

  private String mail() {
    return one("received", "opened", "clicked", "converted")
        + "("
        + CelLiterals.of(RandomValues.text(random))
        + (random.nextBoolean() ? "" : ", " + CelLiterals.of(RandomValues.within(random)))
        + ")";
  }

  private String atom(int depth) {
    return switch (random.nextInt(13)) {
      case 12 -> anniversary(depth);
      case 0 -> reference(AttributeType.Boolean, one("true", "false"));
      case 1, 2 -> compare(text(depth - 1), text(depth - 1));
      case 3 -> compare(integer(depth - 1), integer(depth - 1));
      case 4, 5 -> compare(number(depth - 1), number(depth - 1));
      case 6 -> compare(moment(depth - 1), moment(depth - 1));
      case 7 ->
          compare(
              "(" + moment(depth - 1) + " - " + moment(depth - 1) + ")",
              CelLiterals.of(RandomValues.duration(random)));
      case 8 -> "has(" + anyReference() + ")";
      case 9 -> oneOf(depth);
      case 10 -> textTest(depth);
      default -> list(depth);
    };
  }

  private String compare(String left, String right) {
    return left + " " + COMPARISONS.get(random.nextInt(COMPARISONS.size())) + " " + right;
  }

  private String oneOf(int depth) {
    List<String> options = new ArrayList<>();
    int size = random.nextInt(4);
    boolean texts = random.nextBoolean();
    for (int i = 0; i < size; i++) {
      options.add(
          texts
              ? CelLiterals.of(RandomValues.text(random))
              : CelLiterals.of(RandomValues.finite(random)));
    }
    return (texts ? text(depth - 1) : number(depth - 1))
        + " in ["
        + String.join(", ", options)
        + "]";
  }

  private String textTest(int depth) {
    if (random.nextInt(4) == 0) {
      return text(depth - 1) + ".matches(" + CelLiterals.of(RandomPatterns.of(random)) + ")";
    }
    return text(depth - 1)
        + "."
        + one("contains", "startsWith", "endsWith")
        + "("
        + text(depth - 1)
        + ")";
  }

  private String list(int depth) {
    String list = reference(AttributeType.StringList, null);
    if (list == null) {
      return compare(integer(depth - 1), integer(depth - 1));
    }
    return switch (random.nextInt(4)) {
      case 0 -> text(depth - 1) + " in " + list;
      case 1 -> compare("size(" + list + ")", integer(depth - 1));
      default -> {
        String variable = "t" + scopes.size();
        scopes.add(new Scope(variable, null));
        String body = bool(Math.min(1, depth - 1));
        scopes.remove(scopes.size() - 1);
        yield list + "." + one("exists", "all") + "(" + variable + ", " + body + ")";
      }
    };
  }

  private String events(int depth) {
    if (scopes.size() > 2) {
      return atom(depth);
    }
    List<EventDefinition> all = schema.allEvents();
    EventDefinition event = all.get(random.nextInt(all.size()));
    String list = "events(" + CelLiterals.of(event.name()) + window() + ")";
    if (random.nextInt(3) == 0) {
      list += inside(event, "filter", depth);
    }
    return switch (random.nextInt(7)) {
      case 0, 1, 2 -> list + inside(event, one("exists", "all", "exists_one"), depth);
      case 3 -> compare(list + ".size()", random.nextInt(4) + "");
      case 4 -> last(event, list, depth);
      default -> figure(event, list, depth);
    };
  }

  private String window() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> "";
      case 2, 3 -> ", " + CelLiterals.of(RandomValues.within(random));
      default -> ", " + constantMoment() + ", " + constantMoment();
    };
  }

  private String constantMoment() {
    return random.nextBoolean()
        ? CelLiterals.of(RandomValues.moment(random))
        : "now - " + CelLiterals.of(RandomValues.within(random));
  }

  private String inside(EventDefinition event, String macro, int depth) {
    String variable = "e" + scopes.size();
    scopes.add(new Scope(variable, event));
    String body = bool(Math.min(2, depth - 1));
    scopes.remove(scopes.size() - 1);
    return "." + macro + "(" + variable + ", " + body + ")";
  }

  private String last(EventDefinition event, String list, int depth) {
    List<Map.Entry<String, AttributeType>> properties =
        event.properties().entrySet().stream()
            .filter(p -> p.getValue() != AttributeType.StringList)
            .toList();
    if (properties.isEmpty() || random.nextInt(3) == 0) {
      return compare(list + ".last().occurred_at", moment(depth - 1));
    }
    var property = properties.get(random.nextInt(properties.size()));
    String value = list + ".last()." + property.getKey();
    return switch (property.getValue()) {
      case String -> compare(value, text(depth - 1));
      case Boolean -> value;
      case Integer -> compare(value, integer(depth - 1));
      case Double -> compare(value, number(depth - 1));
      case Timestamp -> compare(value, moment(depth - 1));
      case StringList -> throw new IllegalStateException("filtered out");
    };
  }

  private String zone() {
    return random.nextInt(3) == 0 ? "profile.time_zone" : CelLiterals.of(RandomValues.zone(random));
  }

  private String calendarPart(int depth) {
    String part =
        one(
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds");
    return moment(depth - 1) + "." + part + "(" + (random.nextInt(3) == 0 ? "" : zone()) + ")";
  }

  private String anniversary(int depth) {
    String days = Integer.toString(random.nextInt(731) - 365);
    return "isAnniversary("
        + moment(depth - 1)
        + one("", ", " + days, ", " + days + ", " + zone())
        + ")";
  }

  private String figure(EventDefinition event, String list, int depth) {
    String variable = "e" + scopes.size();
    scopes.add(new Scope(variable, event));
    boolean whole = random.nextBoolean();
    boolean moment = random.nextInt(4) == 0;
    String value = moment ? moment(1) : whole ? integer(1) : number(1);
    scopes.remove(scopes.size() - 1);
    String mapped = list + ".map(" + variable + ", " + value + ")";
    if (moment) {
      return compare(mapped + one(".min()", ".max()"), moment(depth - 1));
    }
    String figure = one("sum", "min", "max", "avg");
    return compare(
        mapped + "." + figure + "()",
        figure.equals("avg") || !whole ? number(depth - 1) : integer(depth - 1));
  }

  private String text(int depth) {
    String constant = CelLiterals.of(RandomValues.text(random));
    if (depth <= 0) {
      return random.nextInt(3) == 0 ? constant : reference(AttributeType.String, constant);
    }
    return switch (random.nextInt(9)) {
      case 8 -> "cluster(" + CelLiterals.of(RandomValues.model(random)) + ")";
      case 0 -> text(depth - 1) + "." + one("lowerAscii", "upperAscii", "trim") + "()";
      case 1 -> "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
      case 2 -> "string(" + integer(depth - 1) + ")";
      case 3 -> choice(depth, text(depth - 1), text(depth - 1));
      case 4 -> constant;
      default -> reference(AttributeType.String, constant);
    };
  }

  private String integer(int depth) {
    String constant = CelLiterals.of(RandomValues.integer(random));
    if (depth <= 0) {
      return random.nextInt(3) == 0 ? constant : reference(AttributeType.Integer, constant);
    }
    return switch (random.nextInt(10)) {
      case 9 -> calendarPart(depth);
      case 0, 1 ->
          "("
              + integer(depth - 1)
              + " "
              + one("+", "-", "*", "/", "%")
              + " "
              + integer(depth - 1)
              + ")";
      case 2 -> "size(" + text(depth - 1) + ")";
      case 3 -> "int(" + (random.nextBoolean() ? number(depth - 1) : text(depth - 1)) + ")";
      case 4 -> choice(depth, integer(depth - 1), integer(depth - 1));
      case 5 -> constant;
      default -> reference(AttributeType.Integer, constant);
    };
  }

  private String number(int depth) {
    String constant = CelLiterals.of(RandomValues.finite(random));
    if (depth <= 0) {
      return random.nextInt(3) == 0 ? constant : reference(AttributeType.Double, constant);
    }
    return switch (random.nextInt(9)) {
      case 8 -> "score(" + CelLiterals.of(RandomValues.model(random)) + ")";
      case 0, 1 ->
          "(" + number(depth - 1) + " " + one("+", "-", "*", "/") + " " + number(depth - 1) + ")";
      case 2 -> "double(" + integer(depth - 1) + ")";
      case 3 -> choice(depth, number(depth - 1), number(depth - 1));
      case 4 -> constant;
      default -> reference(AttributeType.Double, constant);
    };
  }

  private String moment(int depth) {
    return switch (random.nextInt(depth <= 0 ? 4 : 6)) {
      case 0 -> "now";
      case 1 -> CelLiterals.of(RandomValues.moment(random));
      case 2, 3 -> {
        Scope last = scopes.isEmpty() ? null : scopes.get(scopes.size() - 1);
        yield last != null && last.event() != null && random.nextBoolean()
            ? last.variable() + ".occurred_at"
            : reference(AttributeType.Timestamp, "now");
      }
      case 4 -> choice(depth, moment(depth - 1), moment(depth - 1));
      default ->
          "("
              + moment(depth - 1)
              + one(" + ", " - ")
              + CelLiterals.of(RandomValues.duration(random))
              + ")";
    };
  }

  private String choice(int depth, String then, String otherwise) {
    return "(" + bool(Math.min(1, depth - 1)) + " ? " + then + " : " + otherwise + ")";
  }

  private String anyReference() {
    AttributeType[] types = AttributeType.values();
    return reference(types[random.nextInt(types.length)], "profile.locale");
  }

  /** An attribute, or something of a variable in scope; {@code otherwise} when there is none. */
  private String reference(AttributeType type, String otherwise) {
    List<String> found = new ArrayList<>();
    for (AttributeDefinition attribute : schema.attributes().values()) {
      if (attribute.type() == type && !attribute.name().equals("email")) {
        found.add("profile." + attribute.name());
      }
    }
    for (Scope scope : scopes) {
      if (scope.event() == null) {
        continue;
      }
      for (Map.Entry<String, AttributeType> property : scope.event().properties().entrySet()) {
        if (property.getValue() == type) {
          found.add(scope.variable() + "." + property.getKey());
          found.add(scope.variable() + "." + property.getKey());
        }
      }
    }
    return found.isEmpty() ? otherwise : found.get(random.nextInt(found.size()));
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  public static Instant now() {
    return Instant.parse("2026-11-02T12:00:00.000001Z");
  }

  static Duration day() {
    return Duration.ofDays(1);
  }
}
