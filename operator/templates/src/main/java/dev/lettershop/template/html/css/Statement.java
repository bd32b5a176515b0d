package dev.lettershop.template.html.css;

import java.util.List;

/** A piece of a style sheet. Offsets are into the text that was read. */
public sealed interface Statement {
  int start();

  /** Offset behind the last character. */
  int end();

  /**
   * A style rule.
   *
   * @param prelude the selectors, without comments
   * @param nested whether rules stand inside of it
   */
  record Rule(int start, int end, String prelude, List<Declaration> declarations, boolean nested)
      implements Statement {}

  /**
   * An at-rule.
   *
   * @param name in lower case, without the @
   * @param inner the statements of a block that holds rules, such as that of {@code @media}
   * @param declarations those of a block that holds declarations, such as that of
   *     {@code @font-face}
   */
  record At(
      int start,
      int end,
      String name,
      String prelude,
      List<Statement> inner,
      List<Declaration> declarations)
      implements Statement {}

  /** A tag of the template between rules. */
  record Tag(int start, int end) implements Statement {}
}
