package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.GroupSize;
import dev.lettershop.api.v1alpha1.model.ModelAction;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.rule.Formula;
import dev.lettershop.rule.FormulaResult;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.Store;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.store.model.ModelScores;
import dev.lettershop.store.rule.FeatureSql;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses for everybody the action with the highest score times value among those that may be
 * chosen. Of equal ones the first declared is chosen; whoever has none of the scores gets no
 * action.
 */
final class ActionScoring {
  private static final double DIGITS = 1000;

  private final Store store;
  private final ModelPlan plan;
  private final List<ModelAction> actions;
  private final RuleCompiler rules;

  ActionScoring(Store store, ModelPlan plan) {
    this.store = store;
    this.plan = plan;
    this.actions = plan.spec().choose();
    this.rules = new RuleCompiler(plan.store().schema(), plan.segments(), plan.namespace());
  }

  /** What choosing came to. */
  record Chosen(ModelScores.Written written, List<GroupSize> sizes) {}

  Chosen choose(ModelKey model, Instant now) {
    // For each action its score, and whether it may be chosen.
    List<Formula> asked = new ArrayList<>();
    double[] values = new double[actions.size()];
    for (int i = 0; i < values.length; i++) {
      ModelAction action = actions.get(i);
      values[i] = new BigDecimal(action.value()).doubleValue();
      asked.add(formula("score(\"" + action.score() + "\")"));
      asked.add(formula(action.when() == null ? "true" : action.when()));
    }
    FeatureSql.Question question =
        new FeatureSql.Question(
            rules
                .compileAsOf(plan.spec().population() == null ? "true" : plan.spec().population())
                .rule(),
            asked,
            now,
            null,
            null);
    long[][] sizes = new long[1][];
    ModelScores.Written written =
        store
            .modelScores()
            .replace(
                model,
                sink -> {
                  long[] chosen = new long[values.length];
                  sizes[0] = chosen;
                  store
                      .features()
                      .read(
                          plan.store().schema(),
                          question,
                          (profile, row, none) -> {
                            int best = best(row, values);
                            if (best >= 0) {
                              chosen[best]++;
                              sink.put(
                                  profile, worth(row, values, best), actions.get(best).action());
                            }
                          });
                });
    List<GroupSize> named = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      named.add(new GroupSize(actions.get(i).action(), sizes[0][i]));
    }
    return new Chosen(written, named);
  }

  /** Number of the best action; -1 for none. */
  static int best(float[] row, double[] values) {
    int best = -1;
    for (int i = 0; i < values.length; i++) {
      boolean open = row[2 * i + 1] == 1 && !Float.isNaN(row[2 * i]);
      if (open && (best < 0 || row[2 * i] * values[i] > row[2 * best] * values[best])) {
        best = i;
      }
    }
    return best;
  }

  private static double worth(float[] row, double[] values, int action) {
    return Math.round(row[2 * action] * values[action] * DIGITS) / DIGITS;
  }

  private Formula formula(String cel) {
    FormulaResult result = rules.compileFormula(cel);
    if (result.formula() == null) {
      throw new ModelException(
          "The plan of model "
              + plan.name()
              + " does not compile with this version of Lettershop ("
              + result.problems().get(0).message()
              + "); make the plan again from its resources");
    }
    return result.formula();
  }
}
