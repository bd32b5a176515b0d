package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Declaration;
import dev.lettershop.template.html.css.Selector;
import dev.lettershop.template.html.css.Statement;
import java.util.List;

/**
 * A style rule in the order of all.
 *
 * @param selectors empty when they are beyond what can be answered
 * @param order rises from one rule to the next
 */
record RankedRule(Statement.Rule rule, List<Selector> selectors, int order) {

  Origin origin(Selector selector, Declaration declaration) {
    return new Origin(declaration.important(), false, selector.specificity(), order);
  }
}
