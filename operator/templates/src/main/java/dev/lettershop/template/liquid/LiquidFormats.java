package dev.lettershop.template.liquid;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.liquid.LiquidExpression.Fault;
import dev.lettershop.template.liquid.LiquidScope.Operand;
import dev.lettershop.template.value.DateShift;
import dev.lettershop.template.value.TimeText;
import dev.lettershop.template.value.ValueCheck;
import dev.lettershop.template.value.ValueFormat;
import java.util.List;

/** Checks filters that format dates and numbers. */
final class LiquidFormats {
  private LiquidFormats() {}

  /**
   * @param operand what is formatted; null when a filter before has made it
   */
  static void check(
      String name, Operand operand, List<Operand> arguments, ValueCheck check, Position position)
      throws Fault {
    String literal = arguments.isEmpty() ? "" : text(arguments.get(0).code());
    boolean known = arguments.isEmpty() || isLiteral(arguments.get(0));
    if (name.equals(LiquidFilters.DATE_PLUS) && known && DateShift.parse(literal) == null) {
      throw new Fault("\"" + literal + "\" is not a length of time", DateShift.FIX);
    }
    ValueFormat.Kind kind = ValueFormat.Kind.of(name);
    boolean temporal = name.equals(LiquidFilters.DATE_PLUS) || kind != null && kind.isTemporal();
    if (temporal
        && operand != null
        && isLiteral(operand)
        && !TimeText.isTime(text(operand.code()))) {
      throw new Fault(
          "\"" + text(operand.code()) + "\" is not a date",
          "write one such as \"2026-12-24\", or \"now\"");
    }
    if (kind == null) {
      return;
    }
    ValueFormat format = new ValueFormat(kind, known ? literal : "");
    if (format.fault() != null) {
      throw new Fault(format.fault(), null);
    }
    if (operand != null && operand.meaning() != null) {
      check.format(format, operand.meaning(), position);
    }
  }

  private static String text(String literal) {
    return literal.replaceAll("^[\"']|[\"']$", "");
  }

  /** Whether an operand is written out, and no variable. */
  private static boolean isLiteral(Operand operand) {
    return operand.origins().isEmpty() && operand.code().matches("[\"'0-9-].*+");
  }
}
