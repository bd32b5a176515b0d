package dev.lettershop.rule.evaluate;

import dev.lettershop.rule.ast.Truth;
import dev.lettershop.rule.evaluate.Evaluation.Test;

/** And and or in three-valued logic: what is unknown decides only when nothing else does. */
final class KleeneLogic {
  private KleeneLogic() {}

  static Test and(Test[] operands) {
    return of(operands, Truth.True, Truth.False);
  }

  static Test or(Test[] operands) {
    return of(operands, Truth.False, Truth.True);
  }

  /**
   * @param neutral the answer of no operands
   * @param decisive what ends the search
   */
  private static Test of(Test[] operands, Truth neutral, Truth decisive) {
    return frame -> {
      Truth result = neutral;
      for (Test operand : operands) {
        Truth truth = operand.of(frame);
        if (truth == decisive) {
          return decisive;
        }
        if (truth == Truth.Unknown) {
          result = Truth.Unknown;
        }
      }
      return result;
    };
  }
}
