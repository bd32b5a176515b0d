package dev.lettershop.controller.workload;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.PlanDocument;
import java.util.Optional;

/** Whether a plan fits into a ConfigMap, which holds 1 MiB. */
public final class PlanSize {
  /** Most bytes of a plan, compressed: leaves room for names and labels. */
  public static final long MAX = 1_000_000;

  private PlanSize() {}

  /** What is too large, and what about it; empty when all fits. */
  public static Optional<Diagnostic> check(PlanFiles files, PlanDocument plan) {
    return Optional.empty();
  }
}
