package dev.lettershop.template.liquid;

import dev.lettershop.template.liquid.LiquidScanner.Tag;
import dev.lettershop.template.liquid.LiquidScope.Operand;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.Token.Use;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A {@code {% capture %}} that is open. Liquid captures text, and shows it without escaping; mails
 * escape by place. So what a capture holds decides: plain text is escaped where it is shown, HTML
 * has its values escaped inside and is shown as it is, and the values in an address are encoded
 * where it is put together.
 *
 * @param variable as the author calls it
 * @param first index of the first token inside
 */
record LiquidCapture(String variable, Kind kind, int first) {

  /** What is captured. */
  enum Kind {
    Text,
    Markup,
    Address
  }

  private static final Pattern MARKUP = Pattern.compile("<[A-Za-z/!]|&(?:#|[A-Za-z])[A-Za-z0-9]*;");

  /** Stands for a value. */
  private static final char VALUE = '\uFFFC';

  private static final Pattern ADDRESS =
      Pattern.compile("\\s*https?://[^\\s/?#" + VALUE + "]+(?:[/?#]\\S*+)?\\s*");

  /**
   * What the capture at {@code open} holds.
   *
   * @param pieces all of the field
   */
  static Kind kind(List<Object> pieces, int open, LiquidScope scope) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (Object piece : pieces.subList(open + 1, pieces.size())) {
      if (piece instanceof Tag tag && !tag.output()) {
        depth += tag.isNamed("capture") ? 1 : tag.isNamed("endcapture") ? -1 : 0;
      } else if (depth == 0 && piece instanceof Tag tag) {
        if (showsMarkup(tag.inside(), scope)) {
          return Kind.Markup;
        }
        text.append(VALUE);
      } else if (depth == 0) {
        text.append(((Token.Literal) piece).text());
      }
      if (depth < 0) {
        break;
      }
    }
    if (MARKUP.matcher(text).find()) {
      return Kind.Markup;
    }
    return ADDRESS.matcher(text).matches() ? Kind.Address : Kind.Text;
  }

  private static boolean showsMarkup(String value, LiquidScope scope) {
    return scope.isMarkup(value.split("[^\\w-]", 2)[0])
        || value.endsWith(LiquidFilters.LINES)
        || value.endsWith(LiquidFilters.RAW);
  }

  /** How a value is written inside. */
  Token.Form form(Token.Form shown, boolean data, boolean encoded) {
    if (kind == Kind.Markup || shown != Token.Form.Escaped) {
      return shown;
    }
    return kind == Kind.Address && data && !encoded ? Token.Form.Url : Token.Form.Plain;
  }

  /**
   * What was captured.
   *
   * @param code name of the variable in the code
   * @param read all tokens up to the end of the capture
   */
  Operand captured(String code, List<Token> read) {
    Set<String> origins = new LinkedHashSet<>();
    for (Token token : read.subList(first, read.size())) {
      if (token instanceof Token.Value value) {
        value.uses().stream().map(Use::path).forEach(origins::add);
      }
    }
    List<String> from =
        kind == Kind.Address ? List.of(Token.CAPTURED + code) : List.copyOf(origins);
    return new Operand(code, null, false, from, false, kind == Kind.Markup);
  }
}
