package dev.lettershop.rule.ast;

/**
 * A truth value of Kleene's strong three-valued logic. {@link #Unknown} is what a missing value, a
 * division by zero or an overflow leads to; SQL's NULL means the same.
 */
public enum Truth {
  True,
  False,
  Unknown;

  public static Truth of(boolean value) {
    return value ? True : False;
  }

  /** True for {@link #True} alone: whether somebody is a member. */
  public boolean isTrue() {
    return this == True;
  }

  public Truth not() {
    return switch (this) {
      case True -> False;
      case False -> True;
      case Unknown -> Unknown;
    };
  }
}
