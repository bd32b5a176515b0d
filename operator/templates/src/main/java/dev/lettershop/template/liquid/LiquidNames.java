package dev.lettershop.template.liquid;

import dev.lettershop.template.liquid.LiquidExpression.Fault;
import dev.lettershop.template.model.Names;
import java.util.ArrayList;
import java.util.List;

/** Names that tags of Liquid give and take: of variables and of partials. */
final class LiquidNames {
  private LiquidNames() {}

  static void checkVariable(String variable) throws Fault {
    if (!variable.matches("[A-Za-z_]\\w*")) {
      throw new Fault(
          "\"" + variable + "\" is not a name of a variable", "use letters, digits and _");
    }
    if (Names.GROUPS.contains(variable)
        || LiquidScope.LOOPS.contains(variable)
        || variable.equals("shown")) {
      throw new Fault("\"" + variable + "\" cannot be assigned", "take another name");
    }
  }

  /** The partial that a tag names. */
  static String partial(String tag, LiquidExpression inside) throws Fault {
    String word = inside.take("the name of a partial");
    String name = word.replaceAll("^[\"']|[\"']$", "");
    if (name.equals(word)) {
      throw new Fault("a partial is named by a text", "write {% " + tag + " \"" + word + "\" %}");
    }
    if (!inside.peek().isEmpty()) {
      throw new Fault(
          "partials of mails take nothing along", "write {% " + tag + " \"" + name + "\" %}");
    }
    return name;
  }

  /** The texts that a tag shows in turn. */
  static String cycled(LiquidExpression inside) throws Fault {
    List<String> texts = new ArrayList<>();
    do {
      String word = inside.take("a text in quotes");
      if (!word.matches("[\"'][\\w .#%;:/-]*[\"']|[0-9]+")) {
        throw new Fault("{% cycle %} goes through plain texts in quotes", null);
      }
      texts.add(word);
    } while (inside.accept(","));
    inside.end();
    return String.join(", ", texts);
  }
}
