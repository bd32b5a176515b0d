package dev.lettershop.template.mustache;

import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.TokenVisitor;
import java.util.function.Function;

/**
 * Writes tags.
 *
 * @param values writes those that show a value
 */
record MustacheTags(Function<Token.Value, String> values) implements TokenVisitor<String> {
  @Override
  public String literal(Token.Literal token) {
    return unknown(token);
  }

  @Override
  public String value(Token.Value token) {
    return values.apply(token);
  }

  @Override
  public String open(Token.Open token) {
    return "{{" + token.code() + "}}";
  }

  @Override
  public String middle(Token.Middle token) {
    return unknown(token);
  }

  @Override
  public String close(Token.Close token) {
    return "{{/" + token.block() + "}}";
  }

  @Override
  public String statement(Token.Statement token) {
    return unknown(token);
  }

  @Override
  public String partial(Token.Partial token) {
    return unknown(token);
  }

  private static String unknown(Token token) {
    throw new IllegalArgumentException("Mustache has no such tag: " + token);
  }
}
