package dev.lettershop.template.liquid;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.language.TemplateFunction;
import dev.lettershop.template.liquid.LiquidScope.Operand;
import dev.lettershop.template.model.Guard;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.ShownProfile;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.Token.Use;
import dev.lettershop.template.value.ValueCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the inside of one Liquid tag, word by word, and writes it again with full names. */
final class LiquidExpression {

  /** Says what is wrong with a tag. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;

    Fault(String message, String fix) {
      super(message, null, false, false);
      this.fix = fix;
    }

    String fix() {
      return fix;
    }
  }

  private static final Pattern WORD =
      Pattern.compile(
          "\\s*+(?:\"[^\"\\n]*\"|'[^'\\n]*'|-?[0-9]+(?:\\.[0-9]+)?(?![\\w.])"
              + "|[A-Za-z_][\\w-]*+(?:\\.[A-Za-z_][\\w-]*+|\\[(?:[0-9]++|\"[\\w -]++\"|'[\\w -]++')\\])*+"
              + "|==|!=|<>|<=|>=|\\.\\.|[<>|:,()=]|-?[0-9]+)");
  private static final Set<String> COMPARISONS =
      Set.of("==", "!=", "<>", "<", ">", "<=", ">=", "contains");
  private static final Set<String> WORDS = Set.of("true", "false", "nil", "null", "empty", "blank");
  private static final Set<String> MISSING = Set.of("nil", "null", "blank");
  private static final int MAX_CONDITIONS = 32;
  private static final int MAX_FILTERS = 16;

  private final List<String> words = new ArrayList<>();
  private int next;
  private final LiquidScope scope;
  private final Names names;
  private final ValueCheck check;
  private final Set<String> asked;
  private final Language.Purpose purpose;
  private final Position position;

  /**
   * @param asked full names of values that are there, because an enclosing block asked
   */
  LiquidExpression(
      String source,
      LiquidScope scope,
      Names names,
      ValueCheck check,
      Set<String> asked,
      Language.Purpose purpose,
      Position position)
      throws Fault {
    this.scope = scope;
    this.names = names;
    this.check = check;
    this.asked = new HashSet<>(asked);
    this.purpose = purpose;
    this.position = position;
    Matcher matcher = WORD.matcher(source);
    int from = 0;
    String text = source.stripTrailing();
    while (from < text.length()) {
      if (!matcher.find(from) || matcher.start() != from) {
        throw new Fault("\"" + source.substring(from).strip() + "\" cannot be read", null);
      }
      words.add(matcher.group().strip());
      from = matcher.end();
    }
  }

  /**
   * A value with its filters.
   *
   * @param form how it says that it is to be shown
   */
  record Filtered(Operand operand, List<Use> uses, Token.Form form) {
    boolean raw() {
      return form == Token.Form.Unescaped;
    }
  }

  /** What a tag shows or assigns. */
  Filtered filtered() throws Fault {
    Operand operand = operand();
    boolean optional = peek().equals("|") && peek(1).equals("default");
    List<Use> uses = new ArrayList<>(uses(operand, optional));
    if (optional || !(operand.meaning() instanceof Meaning.One)) {
      // Nothing to warn about.
    } else if (!asked.contains(operand.meaning().origin())) {
      check.withoutDefault(
          operand.meaning().origin(), "{% if " + operand.meaning().origin() + " %}", position);
    }
    StringBuilder code = new StringBuilder(shown(operand));
    Token.Form form = Token.Form.Escaped;
    boolean first = true;
    int count = 0;
    while (accept("|")) {
      if (++count > MAX_FILTERS) {
        throw new Fault("more than " + MAX_FILTERS + " filters", "use fewer");
      }
      String name = take("the name of a filter");
      if (form == Token.Form.Lines) {
        throw new Fault(
            "\"" + LiquidFilters.LINES + "\" makes HTML", "write it as the last filter");
      }
      form = name.equals(LiquidFilters.RAW) ? Token.Form.Unescaped : form;
      form = name.equals(LiquidFilters.LINES) ? Token.Form.Lines : form;
      operand = filter(name, operand, first, code, uses);
      first = false;
    }
    return new Filtered(operand.as(code.toString()), uses, form);
  }

  private Operand filter(
      String name, Operand operand, boolean first, StringBuilder code, List<Use> uses)
      throws Fault {
    TemplateFunction function = LiquidFilters.table().get(name);
    if (function == null) {
      throw new Fault("unknown filter \"" + name + "\"", LiquidFilters.insteadOf(name));
    }
    if (operand.markup() && !LiquidFilters.OF_MARKUP.contains(name)) {
      throw new Fault(
          "\"" + name + "\" would cut through the tags of \"" + operand.code() + "\"",
          "capture plain text, or use the filter inside of the capture");
    }
    List<Operand> arguments = new ArrayList<>();
    if (accept(":")) {
      do {
        arguments.add(operand());
      } while (accept(","));
    }
    String misfit = function.misfit(arguments.size());
    if (misfit != null) {
      throw new Fault(
          misfit,
          arguments.size() < function.least() ? "add what is missing" : "remove what is too much");
    }
    if (name.equals("money") && arguments.isEmpty()) {
      arguments.add(currency());
    }
    LiquidFormats.check(name, first ? operand : null, arguments, check, position);
    if (!LiquidFilters.WITHOUT_EFFECT.contains(name)
        && !name.equals(LiquidFilters.RAW)
        && !name.equals(LiquidFilters.LINES)) {
      code.append(" | ").append(name);
      for (int i = 0; i < arguments.size(); i++) {
        code.append(i == 0 ? ": " : ", ").append(shown(arguments.get(i)));
      }
    }
    List<String> origins = new ArrayList<>(operand.origins());
    arguments.forEach(argument -> uses.addAll(uses(argument, false)));
    arguments.forEach(argument -> origins.addAll(argument.origins()));
    if (operand.meaning() instanceof Meaning.Items items && !operand.item()) {
      property(name, items, arguments, uses);
    }
    boolean picks = name.equals("first") || name.equals("last");
    boolean keeps =
        Set.of("reverse", "sort", "sort_natural", "where", "compact", "uniq", "slice")
            .contains(name);
    if (operand.meaning() instanceof Meaning.Items items && !operand.item() && (picks || keeps)) {
      return new Operand("", items, picks, origins);
    }
    return new Operand(
        "", null, false, origins, isEncoded(name, operand, arguments), operand.markup());
  }

  /** The store's, for an amount that names none. */
  private Operand currency() throws Fault {
    String currency = names.currency();
    if (currency == null) {
      throw new Fault(
          "money needs a currency",
          "write | money: \"EUR\", or set spec.currency of the ProfileStore");
    }
    return Operand.literal('"' + currency + '"');
  }

  /** Whether a value is percent-encoded behind a filter: adding plain text leaves it so. */
  private static boolean isEncoded(String filter, Operand operand, List<Operand> arguments) {
    return LiquidFilters.ENCODES.contains(filter)
        || operand.encoded()
            && !filter.equals("url_decode")
            && arguments.stream().allMatch(argument -> argument.origins().isEmpty());
  }

  /** A filter that looks into the items of a list names one of their fields. */
  private void property(String filter, Meaning.Items items, List<Operand> arguments, List<Use> uses)
      throws Fault {
    if (!Set.of("map", "where", "sort", "sort_natural").contains(filter) || arguments.isEmpty()) {
      return;
    }
    String field = arguments.get(0).code().replaceAll("^[\"']|[\"']$", "");
    if (!items.fields().containsKey(field)) {
      Meaning.Unknown unknown = names.suggestions().unknownField(field, items, field);
      throw new Fault(unknown.message(), unknown.fix());
    }
    uses.add(new Use(items.path() + "." + field, true));
  }

  /** A condition with full names. */
  record Condition(String code, List<Use> uses, Guard guard) {}

  Condition condition() throws Fault {
    StringBuilder code = new StringBuilder();
    List<Use> uses = new ArrayList<>();
    Deque<Guard> guards = new ArrayDeque<>();
    Deque<String> words = new ArrayDeque<>();
    for (int i = 0; ; i++) {
      if (i == MAX_CONDITIONS) {
        throw new Fault("more than " + MAX_CONDITIONS + " conditions", "use a content rule");
      }
      guards.push(comparison(code, uses));
      if (!peek().equals("and") && !peek().equals("or")) {
        end();
        return new Condition(code.toString(), uses, combined(guards, words));
      }
      words.push(take(""));
      code.append(' ').append(words.peek()).append(' ');
    }
  }

  /** Liquid has no precedence: from right to left. */
  private static Guard combined(Deque<Guard> guards, Deque<String> words) {
    Guard guard = guards.pop();
    while (!guards.isEmpty()) {
      Guard left = guards.pop();
      guard = words.pop().equals("and") ? left.and(guard) : left.or(guard);
    }
    return guard;
  }

  private Guard comparison(StringBuilder code, List<Use> uses) throws Fault {
    Operand left = operand();
    asked(left, code, uses);
    if (!COMPARISONS.contains(peek())) {
      return side(left).known() == Guard.Known.Name ? Guard.present(left.origins()) : Guard.NONE;
    }
    String comparison = take("");
    code.append(' ').append(comparison).append(' ');
    Operand right = operand();
    asked(right, code, uses);
    return switch (comparison) {
      case "==" -> Guard.equal(side(left), side(right));
      case "!=", "<>" -> Guard.equal(side(left), side(right)).not();
      default -> Guard.ordered(side(left), side(right));
    };
  }

  private static Guard.Side side(Operand operand) {
    String code = operand.code();
    Guard.Known known = Guard.Known.Something;
    if (!operand.origins().isEmpty()) {
      known = Guard.Known.Name;
    } else if (MISSING.contains(code)) {
      known = Guard.Known.Missing;
    } else if (code.equals("empty") || code.matches("[\"']\\s*[\"']")) {
      known = Guard.Known.Empty;
    }
    return new Guard.Side(known, operand.origins());
  }

  private void asked(Operand operand, StringBuilder code, List<Use> uses) {
    code.append(operand.code());
    uses.addAll(uses(operand, true));
  }

  /** A value without filters that is only asked about. */
  Condition asking() throws Fault {
    Operand operand = operand();
    return new Condition(operand.code(), uses(operand, true), Guard.present(operand.origins()));
  }

  /** A value that another one is compared with; whether it equals no missing one. */
  boolean comparedWith(StringBuilder code) throws Fault {
    Operand operand = operand();
    code.append(operand.code());
    return side(operand).known() == Guard.Known.Something;
  }

  private List<Use> uses(Operand operand, boolean guarded) {
    return operand.origins().stream()
        .map(
            origin ->
                new Use(
                    origin,
                    guarded
                        || asked.contains(origin)
                        || !(operand.meaning() instanceof Meaning.One)))
        .toList();
  }

  /** As it is shown: with the defaults of attributes. */
  private String shown(Operand operand) {
    return purpose == Language.Purpose.Rendering
            && operand.meaning() instanceof Meaning.One one
            && operand.code().equals(one.path())
            && one.group().equals(Names.PROFILE)
            && names.hasDefault(one.member())
        ? ShownProfile.NAME + "." + one.member()
        : operand.code();
  }

  Operand operand() throws Fault {
    String word = take("a value");
    char c = word.charAt(0);
    if (c == '"' || c == '\'' || c == '-' && word.length() > 1 || Character.isDigit(c)) {
      return Operand.literal(word);
    }
    if (WORDS.contains(word)) {
      return Operand.literal(word);
    }
    if (!Character.isLetter(c) && c != '_') {
      throw new Fault("\"" + word + "\" cannot stand here", "write a name or a text in quotes");
    }
    List<String> parts = List.of(word.replace("[", ".[").split("\\."));
    Operand operand = scope.resolve(word, parts);
    if (operand.meaning() != null) {
      check.isKnown(operand.meaning(), position);
    }
    return operand;
  }

  boolean accept(String word) {
    if (peek().equals(word)) {
      next++;
      return true;
    }
    return false;
  }

  String take(String what) throws Fault {
    if (next >= words.size()) {
      throw new Fault(what + " is missing at the end of the tag", null);
    }
    return words.get(next++);
  }

  void expect(String word) throws Fault {
    if (!accept(word)) {
      throw new Fault(
          "\"" + word + "\" is missing" + (peek().isEmpty() ? "" : " before \"" + peek() + "\""),
          "add " + word);
    }
  }

  void end() throws Fault {
    if (next < words.size()) {
      throw new Fault("\"" + peek() + "\" is too much here", "remove it");
    }
  }

  String peek() {
    return peek(0);
  }

  private String peek(int ahead) {
    return next + ahead < words.size() ? words.get(next + ahead) : "";
  }
}
