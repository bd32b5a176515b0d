package dev.lettershop.template.liquid;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What names mean at one place of a Liquid template: its variables, then those of all templates.
 */
final class LiquidScope {
  private static final Set<String> LOOP =
      Set.of("index", "index0", "rindex", "rindex0", "first", "last", "length");
  private static final Set<String> OF_TABLES =
      Set.of("col", "col0", "col_first", "col_last", "row");
  private static final Set<String> OF_LISTS = Set.of("size", "first", "last");

  static final String FOR = "forloop";
  static final String TABLE = "tablerowloop";

  /** Names of what is known about loops; no variable can have them. */
  static final Set<String> LOOPS = Set.of(FOR, TABLE);

  /**
   * What an operand stands for.
   *
   * @param code as it has to be written
   * @param meaning null for what is none of the template's names, such as a literal
   * @param item whether it is an item of the list that {@code meaning} is
   * @param origins full names of what it was made from
   * @param encoded whether it is percent-encoded already
   * @param markup whether it is HTML that the template captured
   */
  record Operand(
      String code,
      Meaning meaning,
      boolean item,
      List<String> origins,
      boolean encoded,
      boolean markup) {
    Operand(String code, Meaning meaning, boolean item, List<String> origins, boolean encoded) {
      this(code, meaning, item, origins, encoded, false);
    }

    Operand(String code, Meaning meaning, boolean item, List<String> origins) {
      this(code, meaning, item, origins, false, false);
    }

    static Operand literal(String code) {
      return new Operand(code, null, false, List.of());
    }

    /** The same value under another name. */
    Operand as(String name) {
      return new Operand(name, meaning, item, origins, encoded, markup);
    }

    /** Whether the template put it together, so that its values are made fit already. */
    boolean isMade() {
      return markup || origins.stream().anyMatch(origin -> origin.startsWith(Token.CAPTURED));
    }

    boolean isList() {
      return !item
          && (meaning instanceof Meaning.Items
              || meaning != null && meaning.valueType() == AttributeType.StringList);
    }
  }

  private final Names names;
  private final Map<String, Operand> assigned = new HashMap<>();
  private final Set<String> made = new HashSet<>();
  private final Set<String> data = new HashSet<>();
  private final Deque<Map<String, Operand>> loops = new ArrayDeque<>();
  private final String prefix;

  /**
   * @param prefix keeps the variables of a template apart from those of its partials
   */
  LiquidScope(Names names, String prefix) {
    this.names = names;
    this.prefix = prefix;
  }

  /** A variable's name in the code. */
  String written(String variable) {
    return prefix + variable;
  }

  /** The variable's name in the code. */
  String assign(String variable, Operand value) {
    String code = prefix + variable;
    assigned.put(variable, value.as(code));
    if (value.isMade()) {
      made.add(variable);
    } else if (!value.origins().isEmpty()) {
      data.add(variable);
    }
    return code;
  }

  /**
   * Whether a variable is data at one place and put together by the template at another: what is
   * shown would be escaped twice or not at all, depending on the recipient.
   */
  boolean isMixed(String variable) {
    return made.contains(variable) && data.contains(variable);
  }

  /** HTML that is captured may add to what the variable holds already. */
  void enterMarkup(String variable) {
    Operand before = assigned.get(variable);
    if (before != null && before.origins().isEmpty()) {
      assigned.put(variable, new Operand(before.code(), null, false, List.of(), false, true));
    }
  }

  /** The name in the code of a variable that a counter has; what was assigned before it stays. */
  String count(String variable) {
    String code = prefix + variable;
    assigned.putIfAbsent(variable, Operand.literal(code));
    return code;
  }

  /** Whether a name stands for HTML that was captured. */
  boolean isMarkup(String variable) {
    Operand operand = variable(variable);
    return operand != null && operand.markup();
  }

  /**
   * The item's name in the code.
   *
   * @param about name of what is known about the loop: {@code forloop} or {@code tablerowloop}
   */
  String enterLoop(String variable, Operand list, String about) {
    String code = prefix + variable;
    Meaning meaning = list.meaning();
    boolean item = meaning instanceof Meaning.Items;
    if (!item && list.isList()) {
      meaning = new Meaning.Current(meaning, AttributeType.String);
    }
    Map<String, Operand> names = new HashMap<>();
    names.put(about, Operand.literal(about));
    names.put(variable, new Operand(code, item ? list.meaning() : meaning, item, list.origins()));
    loops.push(names);
    return code;
  }

  void leaveLoop() {
    loops.pop();
  }

  /** Whether the innermost loop can be left: rows of a table cannot. */
  boolean isInLoop() {
    return !loops.isEmpty() && loops.peek().containsKey(FOR);
  }

  /** Resolves a name with its parts; its meaning may be {@link Meaning.Unknown}. */
  Operand resolve(String name, List<String> parts) {
    String first = parts.get(0);
    if (LOOPS.contains(first) && variable(first) != null) {
      String last = parts.get(parts.size() - 1);
      return LOOP.contains(last) || first.equals(TABLE) && OF_TABLES.contains(last)
          ? Operand.literal(name)
          : unknown(name, "\"" + name + "\" is nothing about a loop", null);
    }
    Operand variable = variable(first);
    if (variable != null) {
      return inside(name, variable, parts.subList(1, parts.size()));
    }
    int own = first.equals(Names.RECOMMENDATIONS) ? 1 : Math.min(2, parts.size());
    List<String> head = parts.subList(0, own);
    Meaning meaning = names.resolve(name, head);
    Operand operand =
        new Operand(String.join(".", head), meaning, false, List.of(meaning.origin()));
    return inside(name, operand, parts.subList(own, parts.size()));
  }

  private Operand variable(String name) {
    for (Map<String, Operand> loop : loops) {
      if (loop.containsKey(name)) {
        return loop.get(name);
      }
    }
    return assigned.get(name);
  }

  private Operand inside(String name, Operand operand, List<String> parts) {
    Operand at = operand;
    for (String part : parts) {
      if (at.meaning() instanceof Meaning.Unknown) {
        return at;
      }
      at = part(name, at, part);
    }
    return at;
  }

  private Operand part(String name, Operand of, String part) {
    String code = of.code() + (part.startsWith("[") ? part : "." + part);
    Meaning meaning = of.meaning();
    boolean ofList = OF_LISTS.contains(part) || part.startsWith("[");
    if (meaning instanceof Meaning.Items items && of.item()) {
      return items.fields().containsKey(part)
          ? new Operand(code, items.field(part), false, List.of(items.path() + "." + part))
          : new Operand(
              code, names.suggestions().unknownField(name, items, part), false, List.of());
    }
    if (part.equals("size")) {
      return new Operand(code, null, false, of.origins());
    }
    if (of.isList() && ofList) {
      boolean item = meaning instanceof Meaning.Items;
      Meaning inside = item ? meaning : new Meaning.Current(meaning, AttributeType.String);
      return new Operand(code, inside, item, of.origins());
    }
    if (meaning instanceof Meaning.Items items) {
      return new Operand(code, names.suggestions().fieldOutside(name, items), false, List.of());
    }
    if (meaning == null && ofList) {
      return new Operand(code, null, false, of.origins());
    }
    return unknown(
        name,
        "\"" + of.code() + "\" is one value and has no parts",
        part.equals("length") ? "write " + of.code() + ".size" : "remove ." + part);
  }

  private static Operand unknown(String name, String message, String fix) {
    return new Operand(name, new Meaning.Unknown(name, message, fix), false, List.of());
  }
}
