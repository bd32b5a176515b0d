package dev.lettershop.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves tests out where there is no Chromium; fails them when one is demanded. */
final class ChromiumCondition implements ExecutionCondition {
  /** Environment variable: {@code required} where a missing browser is a failure. */
  static final String DEMAND = "LETTERSHOP_BROWSER_TESTS";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Chromium.find().isPresent()) {
      return ConditionEvaluationResult.enabled("there is a Chromium");
    }
    if ("required".equals(System.getenv(DEMAND))) {
      throw new IllegalStateException(
          DEMAND + "=required, but no Chromium was found; install one, or name it in CHROMIUM");
    }
    return ConditionEvaluationResult.disabled("no Chromium was found; CHROMIUM can name one");
  }
}
