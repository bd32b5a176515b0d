package dev.lettershop.cli.plan;

import dev.lettershop.models.VersionDifference;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.store.model.ScoreTrial;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.ModelTask;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the next scoring of a model would change. */
final class ModelComparison {
  private static final int SHOWN = 20;

  private final PlanCompiler compiler;
  private final ResourceSet resources;

  ModelComparison(PlanCompiler compiler) {
    this.compiler = compiler;
    this.resources = compiler.resources();
  }

  VersionDifference of(ModelPlan plan) {
    return new ModelTask(
            plan, new ManifestSecrets(resources.secrets()), RunListener.NONE, Clock.systemUTC())
        .difference(segments(plan));
  }

  /** Rules of the segments that ask for the model, also through others. */
  private Map<String, Rule> segments(ModelPlan plan) {
    String key = plan.namespace() + "/" + plan.name();
    Map<String, Rule> rules = new TreeMap<>();
    for (String name : resources.segments().keySet()) {
      Compiled<SegmentPlan> compiled = compiler.segment(name);
      if (compiled.value() != null && compiled.value().store().name().equals(plan.store().name())) {
        Rule rule =
            new RuleCompiler(plan.store().schema(), compiled.value().segments(), plan.namespace())
                .compileNamed(name)
                .rule();
        if (rule != null && rule.models().contains(key)) {
          rules.put(name, rule);
        }
      }
    }
    return rules;
  }

  static void print(PrintWriter out, VersionDifference difference) {
    ScoreTrial.Outcome outcome = difference.outcome();
    out.printf(
        Locale.ROOT,
        "model/%s: %s; %,d people would have an output%n",
        difference.model(),
        version(difference),
        outcome.people());
    if (outcome.moved().isEmpty()) {
      out.println("        nobody would have another one");
    }
    outcome.moved().stream()
        .limit(SHOWN)
        .forEach(
            moved ->
                out.printf(
                    Locale.ROOT,
                    "%,10d  %s -> %s%n",
                    moved.people(),
                    moved.from() == null ? "none" : moved.from(),
                    moved.to() == null ? "none" : moved.to()));
    long others = outcome.moved().stream().skip(SHOWN).mapToLong(ScoreTrial.Moved::people).sum();
    if (others > 0) {
      out.printf(Locale.ROOT, "%,10d  otherwise%n", others);
    }
    outcome
        .segments()
        .forEach(
            segment ->
                out.printf(
                    Locale.ROOT,
                    "segment/%s: %,d members now, %,d then%n",
                    segment.segment(),
                    segment.now(),
                    segment.then()));
    out.flush();
  }

  private static String version(VersionDifference difference) {
    String before = difference.before() == null ? "no version" : "version " + difference.before();
    if (difference.version() != null) {
      return "scored with version " + difference.version() + ", newest is " + before;
    }
    return difference.judgement().isGood()
        ? "a new version would be trained and take the place of " + before
        : "a new version would be trained and NOT taken (" + difference.judgement().refusal() + ")";
  }
}
