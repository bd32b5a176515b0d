package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Selector;
import java.util.HashSet;
import java.util.Set;

/**
 * A rule that stays in a style sheet, with the selectors for which it does. What it declares has to
 * win and lose against what moves into style attributes as it did before.
 */
final class KeptRule {
  private final RankedRule rule;
  private final Set<Selector> selectors = new HashSet<>();
  private final Set<Selector> left = new HashSet<>();
  private final Set<Declaration> promoted = new HashSet<>();
  private final Set<Declaration> unpromotable = new HashSet<>();

  KeptRule(RankedRule rule) {
    this.rule = rule;
  }

  RankedRule rule() {
    return rule;
  }

  Set<Selector> selectors() {
    return selectors;
  }

  /**
   * Further selectors, for elements that did not take all of the rule. They keep the weight that
   * they had: importance is for {@link #selectors()} alone.
   */
  Set<Selector> left() {
    return left;
  }

  /** Declarations that need {@code !important} from now on, with {@link #selectors()}. */
  Set<Declaration> promoted() {
    return promoted;
  }

  /** Declarations that must not get it, because they would win where they have lost. */
  Set<Declaration> unpromotable() {
    return unpromotable;
  }

  boolean isImportant(Declaration declaration) {
    return declaration.important() || promoted.contains(declaration);
  }
}
