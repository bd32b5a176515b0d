package dev.lettershop.template.html.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads selectors as far as they can be answered before a mail is shown. */
public final class SelectorParser {
  private static final int ID = 1 << 20;
  private static final int CLASS = 1 << 10;
  private static final int TYPE = 1;

  private static final Pattern NAME =
      Pattern.compile("(?:[\\w-]++|[^\\x00-\\x7F]++|\\\\.)++", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "\\[\\s*([\\w-]+)\\s*(?:([~|^$*]?)=\\s*(\"[^\"]*\"|'[^']*'|[^\\]\\s]+)\\s*([iIsS])?\\s*)?\\]");
  private static final Pattern NTH =
      Pattern.compile("(?:([+-]?\\d{0,6})n\\s*+(?:([+-])\\s*+(\\d{1,6}))?|([+-]?\\d{1,6}))");
  private static final Set<String> OLD_PSEUDO_ELEMENTS =
      Set.of("before", "after", "first-line", "first-letter");
  private static final Set<String> STATES =
      Set.of(
          "hover",
          "active",
          "focus",
          "visited",
          "link",
          "any-link",
          "checked",
          "target",
          "focus-within",
          "focus-visible",
          "disabled",
          "enabled");

  /** Pseudo-classes that count, as: step, offset, of the type, from the end. */
  private static final Map<String, SimpleSelector.Nth> COUNTED =
      Map.of(
          "first-child", new SimpleSelector.Nth(0, 1, false, false),
          "last-child", new SimpleSelector.Nth(0, 1, false, true),
          "first-of-type", new SimpleSelector.Nth(0, 1, true, false),
          "last-of-type", new SimpleSelector.Nth(0, 1, true, true));

  /** Deeper and longer selectors than any mail has; what is beyond stays in its sheet. */
  private static final int MAX_NESTED = 4;

  private static final int MAX_COMPOUNDS = 32;

  private final String text;
  private final int depth;
  private int at;
  private int specificity;
  private boolean state;
  private boolean pseudoElement;

  private SelectorParser(String text, int depth) {
    this.text = text;
    this.depth = depth;
  }

  /** The selectors of a list with commas; empty when one of them is beyond this reader. */
  public static Optional<List<Selector>> parse(String list) {
    return parse(list, 0);
  }

  private static Optional<List<Selector>> parse(String list, int depth) {
    List<Selector> selectors = new ArrayList<>();
    int from = 0;
    while (from <= list.length()) {
      int end = Scan.until(list, from, list.length(), ",");
      Selector one = new SelectorParser(list.substring(from, end).strip(), depth).selector();
      if (one == null) {
        return Optional.empty();
      }
      selectors.add(one);
      from = end + 1;
    }
    return Optional.of(selectors);
  }

  private Selector selector() {
    List<Compound> compounds = new ArrayList<>();
    List<Character> combinators = new ArrayList<>();
    if (Marks.in(text)) {
      return null;
    }
    while (true) {
      Compound compound = compound();
      if (compound == null || compounds.size() == MAX_COMPOUNDS) {
        return null;
      }
      compounds.add(compound);
      if (at >= text.length()) {
        return new Selector(
            text,
            List.copyOf(compounds),
            List.copyOf(combinators),
            specificity,
            state,
            pseudoElement);
      }
      combinators.add(combinator());
    }
  }

  private char combinator() {
    int from = at;
    while (at < text.length() && " \t\r\n\f>+~".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String between = text.substring(from, at).strip();
    return between.isEmpty() ? ' ' : between.charAt(0);
  }

  /** Null when nothing that can be read stands here. */
  private Compound compound() {
    List<SimpleSelector> tests = new ArrayList<>();
    int from = at;
    while (at < text.length() && " \t\r\n\f>+~".indexOf(text.charAt(at)) < 0) {
      if (!simple(tests)) {
        return null;
      }
    }
    return at == from ? null : new Compound(List.copyOf(tests));
  }

  private boolean simple(List<SimpleSelector> tests) {
    switch (text.charAt(at)) {
      case '*' -> {
        at++;
        return true;
      }
      case '.' -> {
        at++;
        return named(CLASS, tests, SimpleSelector.HasClass::new);
      }
      case '#' -> {
        at++;
        return named(ID, tests, SimpleSelector.HasId::new);
      }
      case '[' -> {
        return attribute(tests);
      }
      case ':' -> {
        return pseudo(tests);
      }
      default -> {
        return named(TYPE, tests, name -> new SimpleSelector.Type(name.toLowerCase(Locale.ROOT)));
      }
    }
  }

  private boolean named(
      int weight,
      List<SimpleSelector> tests,
      java.util.function.Function<String, SimpleSelector> test) {
    String name = name();
    if (name == null) {
      return false;
    }
    specificity += weight;
    tests.add(test.apply(name));
    return true;
  }

  private String name() {
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt()) {
      return null;
    }
    at = name.end();
    return name.group().replaceAll("\\\\(.)", "$1");
  }

  private boolean attribute(List<SimpleSelector> tests) {
    Matcher attribute = ATTRIBUTE.matcher(text).region(at, text.length());
    if (!attribute.lookingAt()) {
      return false;
    }
    at = attribute.end();
    specificity += CLASS;
    String value = attribute.group(3);
    String operator = attribute.group(2);
    if (value != null && (value.startsWith("\"") || value.startsWith("'"))) {
      value = value.substring(1, value.length() - 1);
    }
    String name = attribute.group(1).toLowerCase(Locale.ROOT);
    boolean ignoreCase =
        "i".equalsIgnoreCase(attribute.group(4))
            || attribute.group(4) == null && CASELESS_ATTRIBUTES.contains(name);
    tests.add(
        new SimpleSelector.Attribute(
            name,
            value == null ? ' ' : operator.isEmpty() ? '=' : operator.charAt(0),
            value == null ? "" : value,
            ignoreCase));
    return true;
  }

  /** Attributes whose values HTML compares without case (WHATWG HTML §4.16.1), those mails use. */
  private static final Set<String> CASELESS_ATTRIBUTES =
      Set.of(
          "align",
          "valign",
          "bgcolor",
          "color",
          "dir",
          "lang",
          "type",
          "rel",
          "media",
          "target",
          "nowrap",
          "face",
          "link",
          "text",
          "http-equiv",
          "method",
          "shape",
          "scope",
          "rules");

  private boolean pseudo(List<SimpleSelector> tests) {
    at++;
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
      return pseudoElement(name());
    }
    String name = name();
    if (name == null) {
      return false;
    }
    name = name.toLowerCase(Locale.ROOT);
    String argument = argument();
    if (OLD_PSEUDO_ELEMENTS.contains(name)) {
      return pseudoElement(name);
    }
    if (name.equals("not")) {
      return not(argument, tests);
    }
    specificity += CLASS;
    if (argument == null && STATES.contains(name)) {
      state = true;
      return true;
    }
    return structural(name, argument, tests);
  }

  private boolean pseudoElement(String name) {
    pseudoElement = true;
    specificity += TYPE;
    return name != null;
  }

  /** What stands between brackets, or null when there are none. */
  private String argument() {
    if (at >= text.length() || text.charAt(at) != '(') {
      return null;
    }
    int end = Scan.until(text, at + 1, text.length(), ")");
    String inside = text.substring(at + 1, end).strip();
    at = Math.min(text.length(), end + 1);
    return inside;
  }

  private boolean structural(String name, String argument, List<SimpleSelector> tests) {
    if (argument == null) {
      switch (name) {
        case "root" -> tests.add(new SimpleSelector.Root());
        case "only-child" -> {
          tests.add(COUNTED.get("first-child"));
          tests.add(COUNTED.get("last-child"));
        }
        case "only-of-type" -> {
          tests.add(COUNTED.get("first-of-type"));
          tests.add(COUNTED.get("last-of-type"));
        }
        default -> {
          if (!COUNTED.containsKey(name)) {
            return false;
          }
          tests.add(COUNTED.get(name));
        }
      }
      return true;
    }
    return switch (name) {
      case "nth-child" -> nth(argument, false, false, tests);
      case "nth-last-child" -> nth(argument, false, true, tests);
      case "nth-of-type" -> nth(argument, true, false, tests);
      case "nth-last-of-type" -> nth(argument, true, true, tests);
      default -> false;
    };
  }

  private static boolean nth(
      String argument, boolean ofType, boolean fromEnd, List<SimpleSelector> tests) {
    String formula =
        switch (argument.toLowerCase(Locale.ROOT)) {
          case "odd" -> "2n+1";
          case "even" -> "2n";
          default -> argument.toLowerCase(Locale.ROOT);
        };
    Matcher nth = NTH.matcher(formula);
    if (!nth.matches()) {
      return false;
    }
    if (nth.group(4) != null) {
      tests.add(new SimpleSelector.Nth(0, Integer.parseInt(nth.group(4)), ofType, fromEnd));
      return true;
    }
    String step = nth.group(1);
    int by =
        step.isEmpty() || step.equals("+") ? 1 : step.equals("-") ? -1 : Integer.parseInt(step);
    int offset = nth.group(3) == null ? 0 : Integer.parseInt(nth.group(3));
    tests.add(
        new SimpleSelector.Nth(by, "-".equals(nth.group(2)) ? -offset : offset, ofType, fromEnd));
    return true;
  }

  private boolean not(String argument, List<SimpleSelector> tests) {
    if (argument == null || depth == MAX_NESTED) {
      return false;
    }
    Optional<List<Selector>> inner = parse(argument, depth + 1);
    boolean simple =
        inner.isPresent()
            && inner.get().stream().allMatch(s -> s.isStatic() && s.compounds().size() == 1);
    if (!simple) {
      return false;
    }
    specificity += inner.get().stream().mapToInt(Selector::specificity).max().orElse(0);
    tests.add(new SimpleSelector.Not(inner.get().stream().map(s -> s.compounds().get(0)).toList()));
    return true;
  }
}
