package dev.lettershop.cli.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.api.v1alpha1.ProfileSource;
import dev.lettershop.api.v1alpha1.Provides;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.source.describe.SampledField;
import dev.lettershop.source.describe.Sampling;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.worker.task.SourceStudy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop source describe}: looks at a source and proposes what to make of it. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Look at the first records of a source, and propose attributes or events, and a mapping.",
      "Prints the fields that were seen, with their types and in how many records they have a"
          + " value; then, as YAML, attributes (of a source of events, the events and their properties)"
          + " for the ProfileStore, and identity and mapping for the ProfileSource. No value is printed"
          + " but the names of events. Nothing is changed, here or there.",
      "",
      "The source needs no identity or mapping yet; credentials come from Secrets among the"
          + " manifests."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:described",
      "1:the source cannot be reached; try again",
      "2:usage or configuration"
    })
final class SourceDescribeCommand implements Callable<Integer> {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name of the ProfileSource; may be left out when there is only one.")
  private String name;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many records to look at, 1 to 100000. Default: ${DEFAULT-VALUE}.")
  private int sample;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder that stands in for the volumes of file sources. Default: the folder of the"
              + " source's manifest.")
  private Path data;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text (YAML with comments) or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Override
  public Integer call() {
    if (sample < 1 || sample > 100_000) {
      throw new UsageException("--sample is a number from 1 to 100000");
    }
    ResourceSet resources = manifests.load().resources();
    ProfileSource source = source(resources);
    String found = source.getMetadata().getName();
    Sampling.Seen seen =
        new SourceStudy(resources, data)
            .sample(new SourceDefinition(found, source.getSpec()), sample);
    SourceProposal proposal = new SourceProposal(found, source.getSpec().provides(), seen);
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(out, proposal.document());
    } else {
      print(out, found, source, proposal);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private ProfileSource source(ResourceSet resources) {
    Map<String, ProfileSource> sources = resources.profileSources();
    if (name == null && sources.size() == 1) {
      return sources.values().iterator().next();
    }
    ProfileSource named = name == null ? null : sources.get(name);
    if (named != null && named.getSpec() != null) {
      return named;
    }
    String known = sources.isEmpty() ? "there is none" : String.join(", ", sources.keySet());
    throw new UsageException(
        name == null
            ? "Name the ProfileSource: " + known
            : "There is no ProfileSource \"" + name + "\" in the manifests: " + known);
  }

  private void print(PrintWriter out, String found, ProfileSource source, SourceProposal proposal) {
    Sampling.Seen seen = proposal.seen();
    out.printf(Locale.ROOT, "# %s: %,d records looked at", found, seen.records());
    out.println(seen.broken() == 0 ? "" : ", " + seen.broken() + " of them cannot be read");
    out.println("#");
    for (SampledField field : seen.fields()) {
      String type = field.type() == null ? "unknown" : field.type().name();
      out.printf(
          Locale.ROOT,
          "#   %-32s %-10s in %,d%n",
          field.path().stream().collect(Collectors.joining(".")),
          type,
          field.filled());
    }
    out.println("#");
    if (proposal.hasNoKey()) {
      out.println("# No field seems to tell people apart: set identity.key.");
    }
    out.println("# A proposal: check names and types, and what is personal data (pii).");
    out.println("kind: ProfileStore");
    out.println("metadata: {name: " + source.getSpec().storeRef().name() + "}");
    out.println("spec:");
    out.print(
        indented(
            source.getSpec().provides() == Provides.Events
                ? Map.of("events", proposal.events())
                : Map.of("attributes", proposal.attributes())));
    out.println("---");
    out.println("kind: ProfileSource");
    out.println("metadata: {name: " + found + "}");
    out.println("spec:");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("identity", proposal.identity());
    List<Map<String, Object>> mapping = proposal.mapping();
    if (!mapping.isEmpty()) {
      fields.put("mapping", mapping);
    }
    out.print(indented(fields));
  }

  private static String indented(Map<String, ?> members) {
    try {
      return YAML.writeValueAsString(members).indent(2);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Results are plain data and must serialise", e);
    }
  }
}
