package dev.lettershop.rule.parse;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lowers {@code received("campaign")}, {@code opened}, {@code clicked} and {@code converted} to
 * what they are short for: a question about the events that are recorded of mails. What programs
 * opened and clicked is not what people did.
 */
final class MailFunctions {
  /** Verdicts on opens and clicks that people caused, themselves or by a mail provider's proxy. */
  private static final List<Expr.Literal> PEOPLE =
      List.of(Expr.Literal.of("Human"), Expr.Literal.of("Proxy"));

  private static final Map<String, String> EVENTS =
      Map.of(
          "received", "email_sent",
          "opened", "email_opened",
          "clicked", "email_clicked",
          "converted", "email_converted");

  /** Which of the events programs cause as well. */
  private static final Set<String> JUDGED = Set.of("opened", "clicked");

  static final Set<String> NAMES = EVENTS.keySet();

  private final Lowering lowering;

  MailFunctions(Lowering lowering) {
    this.lowering = lowering;
  }

  static boolean handles(String function) {
    return EVENTS.containsKey(function);
  }

  /** Null after reporting a problem. */
  Expr lower(CelExpr at) {
    String function = at.call().function();
    List<CelExpr> arguments = Functions.arguments(at);
    if (arguments.isEmpty() || arguments.size() > 2) {
      lowering.reportAtName(
          at, function + " takes a campaign and, if wanted, a duration", example(function));
      return null;
    }
    CelExpr name = arguments.get(0);
    if (name.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || name.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      lowering.report(name, function + " takes the constant name of a campaign", example(function));
      return null;
    }
    EventWindow window =
        arguments.size() == 1 ? EventWindow.ALWAYS : within(arguments.get(1), function);
    if (window == null) {
      return null;
    }
    int slot = lowering.freeSlot();
    Expr ofCampaign =
        new Expr.Compare(
            Expr.Comparison.Equal,
            new Expr.Property(slot, "campaign", ValueType.String),
            Expr.Literal.of(name.constant().stringValue()));
    Expr byPerson = new Expr.OneOf(new Expr.Property(slot, "verdict", ValueType.String), PEOPLE);
    return new Expr.AnyEvent(
        new Expr.Events(slot, EVENTS.get(function), lowering.seen(window), null),
        JUDGED.contains(function) ? new Expr.And(List.of(ofCampaign, byPerson)) : ofCampaign);
  }

  private EventWindow within(CelExpr at, String function) {
    Expr value = lowering.value(at);
    if (value == null) {
      return null;
    }
    if (value instanceof Expr.Literal literal
        && literal.value() instanceof Duration duration
        && !duration.isNegative()
        && !duration.isZero()) {
      return EventWindow.within(duration);
    }
    lowering.report(at, "expected a constant Duration longer than 0", example(function));
    return null;
  }

  private static String example(String function) {
    return "as in " + function + "(\"autumn-sale\", duration(\"720h\"))";
  }
}
