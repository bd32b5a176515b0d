package dev.lettershop.template.model;

/**
 * Something that is done to every kind of {@link Token}. What tells the kinds apart implements
 * this, so that the compiler finds each place that a new kind of token concerns.
 *
 * @param <T> what comes of one token
 */
public interface TokenVisitor<T> {
  T literal(Token.Literal token);

  T value(Token.Value token);

  T open(Token.Open token);

  T middle(Token.Middle token);

  T close(Token.Close token);

  T statement(Token.Statement token);

  T partial(Token.Partial token);
}
