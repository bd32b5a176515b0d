package dev.lettershop.cli.plan;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.rule.Trace;
import dev.lettershop.store.segment.SegmentExplanation;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.task.SegmentStudy;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop explain}: what a segment's rule means to the database, or to one person. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Explain a segment.",
      "Prints its rule as CEL and as SQL, PostgreSQL's plan with the estimated cost, and indexes that"
          + " would help. With --profile, shows why somebody is a member or not: which conditions"
          + " are true, false or unknown, and from which values. Personal data is masked.",
      "",
      "Uses the database that the ProfileStore names, with the Secret from the same manifests;"
          + " changes nothing there."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:explained",
      "1:the database failed; try again",
      "2:usage or configuration, or no such profile"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private EmbeddedOption embedded;

  @Parameters(paramLabel = "segment/NAME", description = "The segment to explain.")
  private String target;

  @Option(
      names = "--profile",
      paramLabel = "ID",
      description =
          "Explain the answer for this profile: its number, or an identity such as"
              + " customer_id=4711 or email=ada@example.com.")
  private String profile;

  @Option(
      names = "--exact",
      description =
          "Also count the members and the profiles, in place of trusting PostgreSQL's statistics."
              + " Reads the whole store.")
  private boolean exact;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /** What {@code -o json} prints of a segment. */
  record Explained(
      String segment, String cel, SegmentExplanation database, SegmentStudy.Counted exact) {}

  /** What {@code -o json} prints of a profile. */
  record ExplainedProfile(String segment, boolean member, Trace rule) {}

  @Override
  public Integer call() {
    String segment = Target.of(target, Target.Kind.Segment).name();
    ManifestFiles.Loaded loaded = manifests.load();
    Compiled<SegmentPlan> compiled = new PlanCompiler(loaded.resources()).segment(segment);
    if (!new Compilation(spec.commandLine(), loaded)
        .report(compiled.diagnostics(), Diagnostic::isError)) {
      return ExitCode.CONFIGURATION;
    }
    if (exact && profile != null) {
      throw new UsageException("--exact counts people; --profile is about one: give one of them");
    }
    return embedded.with(
        manifests, loaded, spec.commandLine(), resources -> explain(segment, resources));
  }

  private int explain(String segment, ResourceSet resources) {
    SegmentPlan plan = new PlanCompiler(resources).segment(segment).value();
    SegmentStudy study =
        new SegmentStudy(plan, new ManifestSecrets(resources.secrets()), Clock.systemUTC());
    return profile == null ? segment(plan, study) : profile(segment, study);
  }

  private int segment(SegmentPlan plan, SegmentStudy study) {
    PrintWriter out = spec.commandLine().getOut();
    String cel = plan.segments().get(plan.name());
    if (output == OutputFormat.json) {
      Json.print(
          out, new Explained(plan.name(), cel, study.explain(), exact ? study.counted() : null));
      return ExitCode.DONE;
    }
    ExplanationText text = new ExplanationText(out);
    // Before the database is asked: it needs none.
    text.cel(plan);
    text.database(study.explain());
    if (exact) {
      text.exact(study.counted());
    }
    return ExitCode.DONE;
  }

  private int profile(String segment, SegmentStudy study) {
    Optional<Trace> trace = study.trace(profile);
    if (trace.isEmpty()) {
      throw new UsageException(
          "No such profile in the store; write its number, or an identity as KIND=VALUE");
    }
    boolean member = trace.get().truth().isTrue();
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, new ExplainedProfile(segment, member, trace.get()));
    } else {
      new ExplanationText(out).trace(segment, trace.get());
    }
    return ExitCode.DONE;
  }
}
