package dev.lettershop.rule;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What an expression reads, each kind of names sorted. */
final class Dependencies {
  private final TreeSet<String> attributes = new TreeSet<>();
  private final TreeSet<String> eventNames = new TreeSet<>();
  private final TreeSet<String> models = new TreeSet<>();
  private int slots;

  Dependencies(Expr expr) {
    ExprParts.visit(expr, this::note);
  }

  Set<String> attributes() {
    return Collections.unmodifiableSet(attributes);
  }

  Set<String> eventNames() {
    return Collections.unmodifiableSet(eventNames);
  }

  /** Those whose scores and clusters are read. */
  Set<String> models() {
    return Collections.unmodifiableSet(models);
  }

  /** Variables that evaluation needs at a time. */
  int slots() {
    return slots;
  }

  private void note(Expr expr) {
    if (expr instanceof Expr.Attribute attribute) {
      attributes.add(attribute.name());
    } else if (expr instanceof Expr.Score score) {
      models.add(score.model());
    } else if (expr instanceof Expr.Cluster cluster) {
      models.add(cluster.model());
    } else if (expr instanceof Expr.AnyElement any) {
      slots = Math.max(slots, any.slot() + 1);
    }
    Expr.Events events = ExprParts.events(expr);
    if (events != null) {
      eventNames.add(events.name());
      slots = Math.max(slots, events.slot() + 1);
    }
  }
}
