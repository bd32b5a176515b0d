package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Moments;
import dev.lettershop.rule.ast.TextPattern;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lowers calls of functions on single values, and says why a call is refused. */
public final class Functions {
  private static final Map<String, Expr.TextQuestion> QUESTIONS =
      Map.of(
          "contains", Expr.TextQuestion.Contains,
          "startsWith", Expr.TextQuestion.StartsWith,
          "endsWith", Expr.TextQuestion.EndsWith);

  private static final Map<String, Expr.TextEdit> EDITS =
      Map.of(
          "lowerAscii", Expr.TextEdit.LowerAscii,
          "upperAscii", Expr.TextEdit.UpperAscii,
          "trim", Expr.TextEdit.Trim);

  private static final Set<String> CONVERSIONS = Set.of("int", "double", "string");

  private static final Pattern MODEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Parts of CEL that rules leave out, and why. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("bool", "compare the String with \"true\""),
          Map.entry("uint", "use int(…)"),
          Map.entry("bytes", "rules work on Strings"),
          Map.entry("dyn", "every value in a rule has a type"),
          Map.entry("type", "every value in a rule has a type already"),
          Map.entry("split", "give the profile a StringList attribute"),
          Map.entry("join", "ask what is in the list with in"),
          Map.entry("replace", "change the value in the mapping of the ProfileSource"),
          Map.entry("substring", "use startsWith, endsWith or matches"),
          Map.entry("indexOf", "use contains, startsWith, endsWith or matches"),
          Map.entry("charAt", "use startsWith, endsWith or matches"),
          Map.entry("format", "change the value in the mapping of the ProfileSource"));

  static final Set<String> OWN =
      Set.of(
          "has",
          "size",
          "matches",
          "timestamp",
          "duration",
          "inSegment",
          "score",
          "cluster",
          "action");

  private final Lowering lowering;
  private final EventLists lists;
  private final CalendarFunctions calendar;
  private final MailFunctions mails;

  Functions(Lowering lowering) {
    this.lowering = lowering;
    this.lists = new EventLists(lowering);
    this.calendar = new CalendarFunctions(lowering);
    this.mails = new MailFunctions(lowering);
  }

  Term lower(CelExpr at) {
    String name = at.call().function();
    if (EventLists.handles(name)) {
      return lists.lower(at);
    }
    if (CalendarFunctions.handles(name)) {
      Expr expr = calendar.lower(at);
      return expr == null ? new Term.Faulty() : new Term.Value(expr);
    }
    Optional<Expr> lowered =
        Optional.ofNullable(MailFunctions.handles(name) ? mails.lower(at) : lowered(at, name));
    return lowered.<Term>map(Term.Value::new).orElseGet(Term.Faulty::new);
  }

  /** Null after reporting a problem. */
  private Expr lowered(CelExpr at, String name) {
    if (QUESTIONS.containsKey(name)) {
      return textTest(at, QUESTIONS.get(name));
    }
    if (EDITS.containsKey(name)) {
      Expr text = only(at, ValueType.String);
      return text == null ? null : new Expr.TextChange(EDITS.get(name), text);
    }
    if (CONVERSIONS.contains(name)) {
      return converted(at, name);
    }
    return switch (name) {
      case "has" -> has(at);
      case "size" -> size(at);
      case "matches" -> matches(at);
      case "timestamp" -> {
        String text = constantText(at, "2027-03-01T09:00:00Z");
        yield text == null ? null : Moments.timestamp(text, fault(at));
      }
      case "duration" -> {
        String text = constantText(at, "24h");
        yield text == null ? null : Moments.duration(text, fault(at));
      }
      case "inSegment" -> {
        String segment = constantText(at, "vip");
        yield segment == null ? null : lowering.segment(at, segment).orElse(null);
      }
      case "score" -> {
        String model = model(at, "churn");
        yield model == null ? null : new Expr.Score(lowering.modelKey(model));
      }
      // The action that a model chose is kept where others keep the group.
      case "cluster", "action" -> {
        String model = model(at, "customers");
        yield model == null ? null : new Expr.Cluster(lowering.modelKey(model));
      }
      default -> unknown(at, name);
    };
  }

  private String model(CelExpr at, String example) {
    String model = constantText(at, example);
    if (model == null || MODEL.matcher(model).matches()) {
      return model;
    }
    lowering.report(
        arguments(at).get(0),
        "this is not a name of a Model",
        "write 1 to 63 of a-z, 0-9 and -, as in " + at.call().function() + "(\"" + example + "\")");
    return null;
  }

  private Expr unknown(CelExpr at, String name) {
    arguments(at).forEach(lowering::term);
    if (REFUSED.containsKey(name)) {
      lowering.reportAtName(
          at,
          name + " cannot be used in a rule: it has no equivalent in the database",
          REFUSED.get(name));
      return null;
    }
    lowering.reportAtName(
        at, "unknown function \"" + name + "\"", DidYouMean.fix(name, knownFunctions()));
    return null;
  }

  static List<String> knownFunctions() {
    List<String> names = new ArrayList<>(OWN);
    names.addAll(QUESTIONS.keySet());
    names.addAll(EDITS.keySet());
    names.addAll(CONVERSIONS);
    names.addAll(EventLists.NAMES);
    names.addAll(CalendarFunctions.names());
    names.addAll(MailFunctions.NAMES);
    return names;
  }

  private Expr has(CelExpr at) {
    if (!counted(at, 1)) {
      return null;
    }
    CelExpr argument = arguments(at).get(0);
    Term term = lowering.term(argument);
    boolean field = argument.getKind() == CelExpr.ExprKind.Kind.SELECT;
    if (field
        && term instanceof Term.Value value
        && (value.expr() instanceof Expr.Attribute || value.expr() instanceof Expr.Property)) {
      return new Expr.Has(value.expr());
    }
    if (field && term instanceof Term.Value value && value.expr() instanceof Expr.OccurredAt) {
      return Expr.Literal.of(true);
    }
    if (!(term instanceof Term.Faulty)) {
      lowering.report(
          argument, "has asks for an attribute or a property", "as in has(profile.city)");
    }
    return null;
  }

  private Expr size(CelExpr at) {
    if (!counted(at, 1)) {
      return null;
    }
    CelExpr argument = arguments(at).get(0);
    Term term = lowering.term(argument);
    if (term instanceof Term.EventList list) {
      return list.events() == null ? null : new Expr.EventCount(list.events());
    }
    if (term instanceof Term.Figures figures) {
      return new Expr.EventCount(figures.events());
    }
    if (term instanceof Term.Value value
        && (value.expr().type() == ValueType.String
            || value.expr().type() == ValueType.StringList)) {
      return new Expr.Size(value.expr());
    }
    if (!(term instanceof Term.Faulty)) {
      lowering.report(argument, "size needs a String, a StringList or events", null);
    }
    return null;
  }

  private Expr textTest(CelExpr at, Expr.TextQuestion question) {
    if (!counted(at, 2)) {
      return null;
    }
    List<CelExpr> arguments = arguments(at);
    Expr text = typed(arguments.get(0), ValueType.String);
    Expr part = typed(arguments.get(1), ValueType.String);
    return text == null || part == null ? null : new Expr.TextTest(question, text, part);
  }

  private Expr matches(CelExpr at) {
    if (!counted(at, 2)) {
      return null;
    }
    List<CelExpr> arguments = arguments(at);
    Expr text = typed(arguments.get(0), ValueType.String);
    Expr pattern = typed(arguments.get(1), ValueType.String);
    if (text == null || pattern == null) {
      return null;
    }
    if (!(pattern instanceof Expr.Literal literal)) {
      lowering.report(arguments.get(1), "the pattern must be a constant", null);
      return null;
    }
    try {
      return new Expr.Matches(text, TextPattern.of((String) literal.value()));
    } catch (TextPattern.UnsupportedPattern e) {
      lowering.report(arguments.get(1), e.getMessage(), e.fix());
      return null;
    }
  }

  private Expr converted(CelExpr at, String to) {
    if (!counted(at, 1)) {
      return null;
    }
    CelExpr argument = arguments(at).get(0);
    Expr value = lowering.value(argument);
    if (value == null) {
      return null;
    }
    ValueType type =
        switch (to) {
          case "int" -> ValueType.Integer;
          case "double" -> ValueType.Double;
          default -> ValueType.String;
        };
    if (value.type() == type) {
      return value;
    }
    boolean exact =
        switch (value.type()) {
          case Integer -> true;
          case Double, String -> type == ValueType.Integer;
          case Boolean -> type == ValueType.String;
          default -> false;
        };
    if (exact) {
      return new Expr.Convert(value, type);
    }
    lowering.reportAtName(
        at,
        to + "(…) cannot take " + Lowering.shown(value),
        "convert it in the mapping of the ProfileSource");
    return null;
  }

  private Expr only(CelExpr at, ValueType expected) {
    return counted(at, 1) ? typed(arguments(at).get(0), expected) : null;
  }

  private Expr typed(CelExpr argument, ValueType expected) {
    Expr value = lowering.value(argument);
    if (value == null || value.type() == expected) {
      return value;
    }
    lowering.report(
        argument,
        "expected " + expected.withArticle() + ", found " + Lowering.shown(value),
        value.type() == ValueType.Integer || value.type() == ValueType.Boolean
            ? "write string(…) around it"
            : null);
    return null;
  }

  /** The only argument, which must be a String constant. */
  private String constantText(CelExpr at, String example) {
    if (!counted(at, 1)) {
      return null;
    }
    CelExpr argument = arguments(at).get(0);
    if (argument.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      return argument.constant().stringValue();
    }
    lowering.report(
        argument,
        at.call().function() + " takes a constant String",
        "as in " + at.call().function() + "(\"" + example + "\")");
    return null;
  }

  private Moments.Fault fault(CelExpr at) {
    return (message, fix) -> lowering.report(arguments(at).get(0), message, fix);
  }

  private boolean counted(CelExpr at, int expected) {
    int found = arguments(at).size();
    if (found == expected) {
      return true;
    }
    arguments(at).forEach(lowering::term);
    int shift = at.call().target().isPresent() ? 1 : 0;
    lowering.reportAtName(
        at,
        at.call().function()
            + " takes "
            + Math.max(0, expected - shift)
            + " argument"
            + (expected - shift == 1 ? "" : "s")
            + (shift == 1 ? " in parentheses" : "")
            + ", found "
            + (found - shift),
        null);
    return false;
  }

  /** {@code a.f(b)} and {@code f(a, b)} are the same. */
  static List<CelExpr> arguments(CelExpr at) {
    List<CelExpr> all = new ArrayList<>();
    at.call().target().ifPresent(all::add);
    all.addAll(at.call().args());
    return all;
  }
}
