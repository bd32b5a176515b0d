package dev.lettershop.template.liquid;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.template.liquid.LiquidExpression.Fault;
import dev.lettershop.template.liquid.LiquidScope.Operand;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.Token.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a tag that begins a loop says: {@code for}, or {@code tablerow}, which sets what it repeats
 * into the cells of a table.
 *
 * @param tag name of the tag
 * @param variable name of the item
 * @param list what is gone through; a literal for a range of numbers
 * @param code what follows {@code in}
 */
record LiquidLoop(String tag, String variable, Operand list, String code, List<Use> uses) {
  static LiquidLoop read(String tag, LiquidExpression inside) throws Fault {
    String variable = inside.take("a name for the item");
    LiquidNames.checkVariable(variable);
    inside.expect("in");
    StringBuilder code = new StringBuilder();
    List<Use> uses = new ArrayList<>();
    if (tag.equals("tablerow") && inside.peek().equals("(")) {
      throw new Fault("{% tablerow %} goes through a list", "name one, or write {% for %}");
    }
    Operand list = list(inside, code, uses);
    while (!inside.peek().isEmpty()) {
      String word = inside.take("");
      if (word.equals("reversed") && tag.equals("for")) {
        code.append(" reversed");
      } else if (Set.of("limit", "offset").contains(word)
          || word.equals("cols") && tag.equals("tablerow")) {
        inside.expect(":");
        code.append(' ').append(word).append(':').append(inside.operand().code());
      } else if (!word.equals(",")) {
        throw new Fault(
            "\"" + word + "\" is nothing of a loop",
            tag.equals("for")
                ? "there are limit, offset, reversed"
                : "there are cols, limit, offset");
      }
    }
    return new LiquidLoop(tag, variable, list, code.toString(), uses);
  }

  private static Operand list(LiquidExpression inside, StringBuilder code, List<Use> uses)
      throws Fault {
    if (inside.accept("(")) {
      Operand from = inside.operand();
      inside.expect("..");
      Operand to = inside.operand();
      inside.expect(")");
      code.append('(').append(from.code()).append("..").append(to.code()).append(')');
      return Operand.literal("");
    }
    Operand list = inside.operand();
    if (!list.isList() && list.meaning() != null && !(list.meaning() instanceof Meaning.Unknown)) {
      throw new Fault("\"" + list.code() + "\" is not a list", "write {% if %}");
    }
    code.append(list.code());
    list.origins().forEach(origin -> uses.add(new Use(origin, true)));
    return list;
  }

  /** Name of what is known about the loop inside of it. */
  String about() {
    return tag.equals("for") ? LiquidScope.FOR : LiquidScope.TABLE;
  }

  /** The beginning of a cell, as an element of the template. */
  static List<Token> cell(Position position) {
    return List.of(
        new Token.Literal("<td class=\"col", position),
        new Token.Value("tablerowloop.col", Token.Form.Escaped, position),
        new Token.Literal("\">", position));
  }
}
