package dev.lettershop.template.mustache;

import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.value.ValueFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats in Mustache. Authors write a section around the value, as in <code>
 * {{#date.long}}{{profile.created_at}}{{/date.long}}</code>; compiled, the format is part of the
 * value's name, as in <code>{{date:long:profile.created_at}}</code>, because no name has a colon.
 */
final class MustacheFormats {
  /** Begins an argument that is the name of a value. */
  static final String NAMED = "=";

  private static final Pattern CODE = Pattern.compile("([a-z]+):([^:]*):(.*)");

  /** A value's name with its format taken apart. */
  record Formatted(ValueFormat format, String name) {}

  private MustacheFormats() {}

  /** The format that a section's name stands for, or null. */
  static ValueFormat of(String section) {
    String[] parts = section.split("\\.", 2);
    ValueFormat.Kind kind = ValueFormat.Kind.of(parts[0]);
    return kind == null ? null : new ValueFormat(kind, parts.length == 1 ? "" : parts[1]);
  }

  static String code(ValueFormat.Kind kind, String argument, String name) {
    return kind.word() + ":" + argument + ":" + name;
  }

  /** Null when the code is a plain name. */
  static Formatted parse(String code) {
    Matcher matcher = CODE.matcher(code);
    ValueFormat.Kind kind = matcher.matches() ? ValueFormat.Kind.of(matcher.group(1)) : null;
    return kind == null
        ? null
        : new Formatted(new ValueFormat(kind, matcher.group(2)), matcher.group(3));
  }

  /** As the author would write it. */
  static String section(Formatted code) {
    String argument = code.format().argument();
    String word = code.format().kind().word();
    if (argument.startsWith(NAMED)) {
      String currency = " {{" + argument.substring(NAMED.length()) + "}}";
      return "{{#" + word + "}}{{" + code.name() + "}}" + currency + "{{/" + word + "}}";
    }
    String section = argument.isEmpty() ? word : word + "." + argument;
    return "{{#" + section + "}}{{" + code.name() + "}}{{/" + section + "}}";
  }

  /** Index of the tag that closes the section opened at {@code open}. */
  static int end(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; ; i++) {
      if (tokens.get(i) instanceof Token.Open) {
        depth++;
      } else if (tokens.get(i) instanceof Token.Close && --depth == 0) {
        return i;
      }
    }
  }

  /**
   * The format with the store's currency, when the section holds an amount alone.
   *
   * @param currency null when the store declares none
   */
  static ValueFormat inCurrency(ValueFormat format, List<Token> inside, String currency) {
    boolean alone = inside.stream().filter(Token.Value.class::isInstance).count() == 1;
    return currency != null
            && alone
            && format.kind() == ValueFormat.Kind.Money
            && format.argument().isEmpty()
        ? new ValueFormat(ValueFormat.Kind.Money, currency)
        : format;
  }

  /** What the section formats; empty after saying why it cannot. */
  static List<Token.Value> values(
      Token.Open open, ValueFormat format, List<Token> inside, List<Problem> problems) {
    boolean plain =
        inside.stream()
            .allMatch(
                t ->
                    t instanceof Token.Value || t instanceof Token.Literal l && l.text().isBlank());
    List<Token.Value> values =
        inside.stream().filter(Token.Value.class::isInstance).map(Token.Value.class::cast).toList();
    String tag = "{{#" + open.block() + "}}";
    boolean twoForMoney =
        format.kind() == ValueFormat.Kind.Money && format.argument().isEmpty() && plain;
    String fault = null;
    String fix = null;
    if (twoForMoney && values.size() != 2) {
      fault = tag + " holds an amount and its currency";
      fix =
          "write {{#money}}{{price}} {{currency}}{{/money}}, or name the currency: {{#money.EUR}}, or"
              + " set spec.currency of the ProfileStore";
    } else if (!twoForMoney && (!plain || values.size() != 1)) {
      fault = tag + " holds exactly one value and nothing else";
      fix = "write " + tag + "{{profile.<attribute>}}{{/" + open.block() + "}}";
    } else if (format.fault() != null) {
      fault = format.fault();
    }
    if (fault == null) {
      return values;
    }
    problems.add(Problem.error(open.position(), fault, fix));
    return List.of();
  }
}
