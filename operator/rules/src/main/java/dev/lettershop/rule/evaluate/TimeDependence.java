package dev.lettershop.rule.evaluate;

import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.ValueType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whose answer to a rule may change through the passing of time alone: what a refresh has to look
 * at besides the profiles that something happened to. Derived from the rule; immutable.
 *
 * <p>Between two moments, the answer for a profile of which nothing has changed is the same unless
 * one of the causes holds for it. When there is an obstacle, the causes tell nothing.
 *
 * @param causes empty when the answer does not depend on the time
 * @param obstacle why it cannot be said whose answers change, for people; null when it can
 */
public record TimeDependence(Set<Cause> causes, String obstacle) {
  public TimeDependence {
    causes = Collections.unmodifiableSet(new LinkedHashSet<>(causes));
  }

  /** Something that makes an answer change. */
  public sealed interface Cause {}

  /**
   * A moment of the profile is passed by {@code now + offset}.
   *
   * @param value a Timestamp without events
   */
  public record Passing(Expr value, Duration offset) implements Cause {}

  /** An event of this name is passed by {@code now + offset}. */
  public record EventPassing(String event, Duration offset) implements Cause {}

  /**
   * A part of the rule has another value than before.
   *
   * @param part without events
   */
  public record AnotherValue(Expr part) implements Cause {}

  public static TimeDependence of(Expr rule) {
    Search search = new Search();
    search.visit(rule);
    return new TimeDependence(search.causes, search.obstacle);
  }

  private static final class Search {
    private final Set<Cause> causes = new LinkedHashSet<>();
    private final String[] eventOfSlot = new String[Limits.DEPTH + 1];
    private int eventLists;
    private String obstacle;

    void visit(Expr expr) {
      if (obstacle != null || !isTimely(expr)) {
        return;
      }
      if (expr instanceof Expr.And
          || expr instanceof Expr.Or
          || expr instanceof Expr.Not
          || expr instanceof Expr.InSegment) {
        ExprParts.of(expr).forEach(this::visit);
      } else if (expr instanceof Expr.Now) {
        obstacle = "something of each event is compared with the time";
      } else if (!(expr instanceof Expr.Compare compare && isPassing(compare))) {
        visitOther(expr);
      }
    }

    private void visitOther(Expr expr) {
      Expr.Events events = ExprParts.events(expr);
      if (events != null) {
        note(events.name(), events.window().from());
        note(events.name(), events.window().to());
        if (events.window().past()) {
          note(events.name(), new Expr.Now(Duration.ZERO));
        }
        eventOfSlot[events.slot()] = events.name();
        eventLists++;
        ExprParts.of(expr).forEach(this::visit);
        eventLists--;
      } else if (expr instanceof Expr.Anniversary && eventLists > 0) {
        obstacle = "anniversaries stand beside conditions on events";
      } else if (isOfProfile(expr)) {
        causes.add(new AnotherValue(expr));
      } else if (ExprParts.of(expr).isEmpty()) {
        obstacle = "something of each event is compared with the time";
      } else {
        ExprParts.of(expr).forEach(this::visit);
      }
    }

    /** Whether it compares a moment with now, in a way that tells when the answer changes. */
    private boolean isPassing(Expr.Compare compare) {
      if (!(compare.right() instanceof Expr.Now now)
          || compare.left().type() != ValueType.Timestamp) {
        return false;
      }
      Expr left = compare.left();
      if (left instanceof Expr.OccurredAt occurred) {
        note(eventOfSlot[occurred.slot()], now);
        return true;
      }
      if (left instanceof Expr.EventFigure figure && figure.value() instanceof Expr.OccurredAt at) {
        if (at.slot() == figure.events().slot()) {
          visit(figure);
          note(figure.events().name(), now);
          return true;
        }
      }
      if (!isTimely(left) && isOfProfile(left)) {
        causes.add(new Passing(left, now.offset()));
        return true;
      }
      return false;
    }

    private void note(String event, Expr end) {
      if (end instanceof Expr.Now now) {
        causes.add(new EventPassing(event, now.offset()));
      }
    }
  }

  /** Whether the value depends on when it is asked for. */
  private static boolean isTimely(Expr expr) {
    boolean[] found = {false};
    ExprParts.visit(expr, part -> found[0] |= asksForTime(part));
    return found[0];
  }

  private static boolean asksForTime(Expr expr) {
    Expr.Events events = ExprParts.events(expr);
    return expr instanceof Expr.Now
        || expr instanceof Expr.Anniversary
        || events != null
            && (events.window().past()
                || events.window().from() instanceof Expr.Now
                || events.window().to() instanceof Expr.Now);
  }

  /** Whether the profile alone is looked at: no events, and nothing of a list around it. */
  private static boolean isOfProfile(Expr expr) {
    return isOfProfile(expr, -1);
  }

  /**
   * @param list slot of the list around it, when that list is part of the expression asked about
   */
  private static boolean isOfProfile(Expr expr, int list) {
    if (ExprParts.events(expr) != null
        || expr instanceof Expr.Property
        || expr instanceof Expr.OccurredAt) {
      return false;
    }
    if (expr instanceof Expr.Element element) {
      return list >= 0 && element.slot() >= list;
    }
    int inside = expr instanceof Expr.AnyElement any && list < 0 ? any.slot() : list;
    return ExprParts.of(expr).stream().allMatch(part -> isOfProfile(part, inside));
  }
}
