package dev.lettershop.template.handlebars;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.template.handlebars.HandlebarsExpression.Call;
import dev.lettershop.template.handlebars.HandlebarsExpression.Fault;
import dev.lettershop.template.handlebars.HandlebarsExpression.Literal;
import dev.lettershop.template.handlebars.HandlebarsExpression.Part;
import dev.lettershop.template.language.TemplateFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what an author wrote into a call with its values in order: named ones take their place, and
 * helpers that SendGrid calls otherwise get their names here.
 */
final class HandlebarsCall {
  private static final Map<String, String> ALSO_KNOWN = new HashMap<>();

  static {
    for (TemplateFunction helper : HandlebarsHelpers.table().values()) {
      helper.alsoKnown().forEach(other -> ALSO_KNOWN.put(other, helper.name()));
    }
  }

  private HandlebarsCall() {}

  /** Whether a name is that of a helper, here or in SendGrid. */
  static boolean isHelper(String name) {
    return ALSO_KNOWN.containsKey(name)
        || HandlebarsHelpers.table().containsKey(name)
        || HandlebarsHelpers.BLOCKS.contains(name);
  }

  /**
   * @param named values by their names, as in {@code format="long"}
   */
  static Call of(String written, List<Part> given, Map<String, Part> named) throws Fault {
    String helper = ALSO_KNOWN.getOrDefault(written, written);
    List<Part> arguments = new ArrayList<>(given);
    if (helper.equals("if") || helper.equals("unless")) {
      return new Call(helper, includingZero(helper, arguments, named));
    }
    TemplateFunction function = HandlebarsHelpers.table().get(helper);
    for (Map.Entry<String, Part> one : named.entrySet()) {
      place(written, function, arguments, one);
    }
    if (helper.equals("insert")) {
      return inserted(arguments);
    }
    return helper.equals("formatDate") ? formatted(arguments) : new Call(helper, arguments);
  }

  private static void place(
      String written, TemplateFunction function, List<Part> arguments, Map.Entry<String, Part> one)
      throws Fault {
    List<String> names = function == null ? List.of() : function.parameters();
    int index = names.indexOf(one.getKey());
    if (index < 1) {
      throw new Fault(
          "\"" + written + "\" takes no " + one.getKey() + "=",
          names.size() < 2
              ? "remove " + one.getKey() + "="
              : DidYouMean.fix(one.getKey(), names.subList(1, names.size())));
    }
    if (index != arguments.size()) {
      throw new Fault(
          "\""
              + written
              + "\" is given its "
              + one.getKey()
              + (index < arguments.size() ? " twice" : " before another value"),
          "write " + written + " " + String.join(" ", names));
    }
    arguments.add(one.getValue());
  }

  /** {@code includeZero=true}, with which 0 counts as a value. */
  private static List<Part> includingZero(
      String helper, List<Part> arguments, Map<String, Part> named) throws Fault {
    for (String name : named.keySet()) {
      if (!name.equals("includeZero")) {
        throw new Fault("{{#" + helper + "}} takes no " + name + "=", "remove " + name + "=");
      }
    }
    boolean zero = named.get("includeZero") instanceof Literal flag && flag.source().equals("true");
    if (!zero || arguments.size() != 1) {
      return arguments;
    }
    Part value = arguments.get(0);
    Call isZero = new Call("eq", List.of(value, new Literal("0")));
    return List.of(new Call("or", List.of(value, isZero)));
  }

  private static Call inserted(List<Part> arguments) throws Fault {
    if (arguments.size() == 1) {
      arguments.add(new Literal("\"\""));
    }
    boolean fits =
        arguments.size() == 2
            && arguments.get(1) instanceof Literal text
            && (text.source().length() == 2 || text.source().startsWith("default=", 1));
    if (!fits) {
      throw new Fault(
          "\"insert\" takes a value and what to show without it",
          "write {{insert profile.<attribute> \"default=you\"}}");
    }
    String text = ((Literal) arguments.get(1)).source();
    Literal otherwise =
        new Literal(text.charAt(0) + text.substring(1).replaceFirst("^default=", ""));
    return new Call("default", List.of(arguments.get(0), otherwise));
  }

  private static Call formatted(List<Part> arguments) throws Fault {
    if (arguments.size() > 2) {
      throw new Fault(
          "times are shown on the recipient's clock", "remove the third value of formatDate");
    }
    if (arguments.size() < 2 || !(arguments.get(1) instanceof Literal literal)) {
      throw new Fault(
          "\"formatDate\" takes a date and a pattern in quotes",
          "write {{formatDate profile.<attribute> \"MMMM D, YYYY\"}}");
    }
    String source = literal.source();
    String pattern = MomentPattern.asStrftime(source.substring(1, source.length() - 1));
    if (pattern == null) {
      throw new Fault(
          "the pattern " + source + " has something that dates are not written with",
          "use YYYY, MMMM, MMM, MM, M, DD, D, dddd, ddd, HH, H, hh, h, mm, ss, A and a, or write"
              + " {{date … \"%d.%m.%Y\"}}");
    }
    return new Call("date", List.of(arguments.get(0), new Literal('"' + pattern + '"')));
  }
}
