package dev.lettershop.rule.parse;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Texts;
import dev.lettershop.rule.ast.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Turns one syntax tree into an {@link Expr}, checking types and names on the way and going on
 * after each problem so that all are found. Confined to one thread; used once.
 *
 * <p>Methods that return an {@link Expr} return null after reporting a problem.
 */
public final class Lowering {

  private final ProfileSchema schema;
  private final Segments segments;
  private final SourceText source;
  private final Map<Long, Integer> offsets;
  private final ProblemList problems;
  private final Purpose purpose;
  private final String models;
  private final Map<String, Term> variables = new LinkedHashMap<>();
  private final Operators operators = new Operators(this);
  private final Functions functions = new Functions(this);
  private int slot;

  public Lowering(
      Vocabulary vocabulary,
      Segments segments,
      SourceText source,
      CelAbstractSyntaxTree tree,
      int slot,
      ProblemList problems,
      Purpose purpose) {
    this.schema = vocabulary.schema();
    this.segments = segments;
    this.source = source;
    this.offsets = tree.getSource().getPositionsMap();
    this.slot = slot;
    this.problems = problems;
    this.purpose = purpose;
    this.models = vocabulary.models();
  }

  /** An expression that must be a Boolean. */
  public Expr condition(CelExpr at) {
    Expr value = value(at);
    if (value == null || value.type() == ValueType.Boolean) {
      return value;
    }
    String fix =
        switch (value.type()) {
          case StringList -> "ask what is in it, as in \"news\" in profile.interests";
          case Timestamp -> "compare it, as in profile.created_at > now - duration(\"24h\")";
          default -> "compare it with something, using == or >";
        };
    problems.error(
        position(startOf(at)), "expected a Boolean (true or false), found " + shown(value), fix);
    return null;
  }

  /** An expression that must come to a number. */
  public Expr number(CelExpr at) {
    Expr value = value(at);
    if (value == null || value.type().comesToNumber()) {
      return value;
    }
    problems.error(
        position(startOf(at)),
        "expected an Integer, a Double, a Boolean or a Duration, found " + shown(value),
        value.type() == ValueType.Timestamp
            ? "write how long ago it is, as in now - …"
            : "compare it with something, as in … == \"a\"");
    return null;
  }

  Expr value(CelExpr at) {
    Term term = term(at);
    if (term instanceof Term.Value value) {
      return value.expr();
    }
    if (term instanceof Term.EventList list) {
      if (list.events() == null) {
        return null;
      }
      report(
          at,
          "a list of events is not a value",
          "ask something of it: .exists(e, …), .all(e, …), .size() > 0 or .map(e, e.price).sum()");
    } else if (term instanceof Term.Figures) {
      report(
          at, "a list of figures is not a value", "end it with .sum(), .min(), .max() or .avg()");
    } else if (term instanceof Term.LastEvent) {
      report(
          at, "an event is not a value", "name one of its properties, as in .last().occurred_at");
    } else if (term instanceof Term.TheProfile) {
      report(at, "the profile is not a value", "name an attribute, as in profile.email");
    } else if (term instanceof Term.TheEvent) {
      report(at, "an event is not a value", "name one of its properties");
    } else if (term instanceof Term.Constants) {
      report(
          at, "a list can only stand on the right of in", "as in profile.city in [\"a\", \"b\"]");
    }
    return null;
  }

  Term term(CelExpr at) {
    return switch (at.getKind()) {
      case CONSTANT -> constant(at);
      case IDENT -> name(at);
      case SELECT -> field(at);
      case CALL -> call(at);
      case LIST -> constants(at);
      case MAP, STRUCT -> refused(at, "maps and messages cannot be written in a rule");
      default -> refused(at, "this cannot be written in a rule");
    };
  }

  private Term call(CelExpr at) {
    String function = at.call().function();
    return operators.handles(function) ? operators.lower(at) : functions.lower(at);
  }

  private Term constant(CelExpr at) {
    CelConstant constant = at.constant();
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> new Term.Value(Expr.Literal.of(constant.booleanValue()));
      case INT64_VALUE -> new Term.Value(Expr.Literal.of(constant.int64Value()));
      case DOUBLE_VALUE -> {
        if (!Double.isFinite(constant.doubleValue())) {
          yield refused(at, "the number is too large for a Double");
        }
        yield new Term.Value(Expr.Literal.of(constant.doubleValue()));
      }
      case STRING_VALUE -> {
        if (!Texts.isStorable(constant.stringValue())) {
          yield refused(at, "a String cannot hold the NUL character or half a surrogate pair");
        }
        yield new Term.Value(Expr.Literal.of(constant.stringValue()));
      }
      case NULL_VALUE -> {
        report(
            at, "null is not supported: a missing value is unknown", "ask has(profile.attribute)");
        yield new Term.Faulty();
      }
      case UINT64_VALUE -> refused(at, "unsigned numbers are not supported", "leave out the u");
      default -> refused(at, "bytes are not supported", "leave out the b");
    };
  }

  private Term constants(CelExpr at) {
    List<Expr.Literal> items = new ArrayList<>();
    boolean faulty = false;
    for (CelExpr element : at.list().elements()) {
      Expr item = value(element);
      if (item instanceof Expr.Literal literal) {
        items.add(literal);
        continue;
      }
      if (item != null) {
        report(
            element,
            "a list can only hold constants",
            "write a == b || a == c instead of a in [b, c]");
      }
      faulty = true;
    }
    return faulty ? new Term.Faulty() : new Term.Constants(items);
  }

  private Term name(CelExpr at) {
    String name = at.ident().name();
    Term variable = variables.get(name);
    if (variable != null) {
      return variable;
    }
    if (name.equals("profile")) {
      return new Term.TheProfile();
    }
    if (name.equals("now")) {
      return new Term.Value(new Expr.Now(java.time.Duration.ZERO));
    }
    if (schema.attributes().containsKey(name)) {
      report(at, "unknown name \"" + name + "\"", "write profile." + name);
      return new Term.Faulty();
    }
    TreeSet<String> known = new TreeSet<>(variables.keySet());
    known.add("profile");
    known.add("now");
    report(at, "unknown name \"" + name + "\"", DidYouMean.fix(name, known));
    return new Term.Faulty();
  }

  private Term field(CelExpr at) {
    String name = at.select().field();
    Term operand = term(at.select().operand());
    if (operand instanceof Term.TheProfile) {
      return attribute(at, name);
    }
    if (operand instanceof Term.TheEvent event) {
      return property(at, event, name);
    }
    if (operand instanceof Term.LastEvent last) {
      return propertyOfLast(at, last, name);
    }
    if (!(operand instanceof Term.Faulty)) {
      problems.error(
          fieldPosition(at),
          "\"" + name + "\" is a field of something that has no fields",
          "attributes are written profile." + name);
    }
    return new Term.Faulty();
  }

  private Term propertyOfLast(CelExpr at, Term.LastEvent last, String name) {
    int number = last.events() == null ? slot : last.events().slot();
    Term property = property(at, new Term.TheEvent(number, last.definition()), name);
    if (last.events() == null || !(property instanceof Term.Value value)) {
      return new Term.Faulty();
    }
    if (value.expr().type() == ValueType.StringList) {
      return refused(at, "a list of the last event cannot be used", "use exists on the events");
    }
    return new Term.Value(new Expr.EventFigure(Expr.Figure.Last, last.events(), value.expr()));
  }

  private Term attribute(CelExpr at, String name) {
    AttributeDefinition definition = schema.attributes().get(name);
    if (definition == null) {
      problems.error(
          fieldPosition(at),
          "unknown attribute \"" + name + "\"",
          DidYouMean.fix(name, schema.attributes().keySet()));
      return new Term.Faulty();
    }
    return new Term.Value(new Expr.Attribute(name, ValueType.of(definition.type())));
  }

  private Term property(CelExpr at, Term.TheEvent event, String name) {
    EventDefinition definition = event.definition();
    if (definition == null) {
      return new Term.Faulty();
    }
    AttributeType type = definition.properties().get(name);
    if (type != null) {
      return new Term.Value(new Expr.Property(event.slot(), name, ValueType.of(type)));
    }
    if (name.equals("occurred_at")) {
      return new Term.Value(new Expr.OccurredAt(event.slot()));
    }
    TreeSet<String> known = new TreeSet<>(definition.properties().keySet());
    known.add("occurred_at");
    problems.error(
        fieldPosition(at),
        "unknown property \"" + name + "\" of event \"" + definition.name() + "\"",
        DidYouMean.fix(name, known));
    return new Term.Faulty();
  }

  /** Lowers {@code body} with a variable in place. */
  <T> T with(String variable, Term meaning, java.util.function.Supplier<T> body) {
    Term shadowed = variables.put(variable, meaning);
    slot++;
    try {
      return body.get();
    } finally {
      slot--;
      if (shadowed == null) {
        variables.remove(variable);
      } else {
        variables.put(variable, shadowed);
      }
    }
  }

  /** The slot that the next variable gets. */
  int freeSlot() {
    return slot;
  }

  /** How the outputs of a model are keyed. */
  String modelKey(String name) {
    return models + name;
  }

  /** A window as this rule sees it: nothing from the moment of evaluation on, if that is over. */
  EventWindow seen(EventWindow window) {
    return purpose == Purpose.Past ? window.ofThePast() : window;
  }

  ProfileSchema schema() {
    return schema;
  }

  Optional<Expr> segment(CelExpr at, String name) {
    return Optional.ofNullable(
            segments.inline(name, slot, (message, fix) -> report(at, message, fix)))
        .map(rule -> new Expr.InSegment(name, rule));
  }

  Term refused(CelExpr at, String reason) {
    return refused(at, reason, null);
  }

  Term refused(CelExpr at, String reason, String fix) {
    report(at, reason, fix);
    return new Term.Faulty();
  }

  /** Warns of what takes long when it is asked of all profiles at once. */
  void warnOfWork(CelExpr at, String message, String fix) {
    if (purpose == Purpose.All) {
      problems.add(Problem.warning(position(startOf(at)), message, fix));
    }
  }

  /** Reports a problem at the start of an expression. */
  void report(CelExpr at, String message, String fix) {
    problems.error(position(startOf(at)), message, fix);
  }

  /** Reports a problem at an operator or a function's name. */
  void reportAtName(CelExpr at, String message, String fix) {
    int offset = offsets.getOrDefault(at.id(), 0);
    boolean operator = operators.handles(at.call().function());
    problems.error(
        position(operator ? offset : source.nameBefore(offset, at.call().function())),
        message,
        fix);
  }

  private Position fieldPosition(CelExpr select) {
    return position(source.nameAfterDot(offsets.getOrDefault(select.id(), 0)));
  }

  private Position position(int offset) {
    return source.position(offset);
  }

  private int startOf(CelExpr at) {
    int own = offsets.getOrDefault(at.id(), 0);
    return switch (at.getKind()) {
      case SELECT -> startOf(at.select().operand());
      case CALL -> {
        if (at.call().target().isPresent()) {
          yield startOf(at.call().target().get());
        }
        String function = at.call().function();
        if (!operators.handles(function)) {
          yield source.nameBefore(own, function);
        }
        yield Operators.isPrefix(function) ? own : startOf(at.call().args().get(0));
      }
      case CONSTANT -> startOfConstant(at, own);
      default -> own;
    };
  }

  /** The parser points behind the minus of a negative number. */
  private int startOfConstant(CelExpr at, int own) {
    CelConstant constant = at.constant();
    boolean negative =
        constant.getKind() == CelConstant.Kind.INT64_VALUE && constant.int64Value() < 0
            || constant.getKind() == CelConstant.Kind.DOUBLE_VALUE && constant.doubleValue() < 0;
    return negative && source.at(own - 1) == '-' ? own - 1 : own;
  }

  /** For messages: {@code profile.city (a String)}, or the type alone. */
  static String shown(Expr value) {
    String type = value.type().withArticle();
    if (value instanceof Expr.Attribute attribute) {
      return "profile." + attribute.name() + " (" + type + ")";
    }
    if (value instanceof Expr.Property property) {
      return "\"" + property.name() + "\" (" + type + ")";
    }
    return type;
  }
}
