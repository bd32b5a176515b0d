package dev.lettershop.cli.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.resource.Manifest;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.source.describe.SampledField;
import dev.lettershop.source.describe.SourceSampler;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.worker.task.SourceStudy;
import java.io.PrintWriter;
import java.nio.file.Path;
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
          + " value; then, as YAML, the ProfileStore with attributes (of a source of events, the events"
          + " and their properties), the ProfileSource with identity and mapping, and sources of"
          + " consents and suppressions when the records say who wants no mail and which addresses get"
          + " none. How a file is written is found out"
          + " where the source does not say it. No value is printed but the names of events. Nothing"
          + " is changed, here or there.",
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
    ResourceSet resources = withKeys(manifests.load());
    ProfileSource source = source(resources);
    String found = source.getMetadata().getName();
    SourceStudy study = new SourceStudy(resources, data);
    SourceDefinition definition = study.asWritten(new SourceDefinition(found, source.getSpec()));
    SourceProposal proposal =
        new SourceProposal(found, source.getSpec().provides(), study.sample(definition, sample));
    List<Map<String, Object>> manifests =
        new SourceManifests(
                found,
                definition.spec(),
                resources.profileStores().get(definition.spec().storeRef().name()),
                proposal)
            .documents();
    PrintWriter out = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Map<String, Object> document = proposal.document();
      document.put("manifests", manifests);
      Json.print(out, document);
    } else {
      print(out, found, proposal, manifests);
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** The manifests, in which a source that has no identity yet gets one for the time being. */
  private static ResourceSet withKeys(ManifestFiles.Loaded loaded) {
    ResourceSet.Builder resources = ResourceSet.builder();
    for (Manifest manifest : loaded.manifests()) {
      JsonNode json = manifest.json().deepCopy();
      if (manifest.ref().kind().equals("ProfileSource")
          && json.get("spec") instanceof ObjectNode spec
          && !spec.has("identity")) {
        spec.putObject("identity").put("key", "id");
      }
      resources.add(ResourceParser.parse(manifest.places().get("").file(), json.toString()));
    }
    return resources.build();
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
    String known = sources.isEmpty() ? "they declare none" : String.join(", ", sources.keySet());
    throw new UsageException(
        name == null
            ? "Name the ProfileSource: " + known
            : "No ProfileSource \"" + name + "\" in the manifests: " + known);
  }

  private static void print(
      PrintWriter out, String found, SourceProposal proposal, List<Map<String, Object>> manifests) {
    SourceSampler.Seen seen = proposal.seen();
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
    String between = "";
    for (Map<String, Object> manifest : manifests) {
      out.print(between);
      out.print(yaml(manifest));
      between = "---\n";
    }
  }

  private static String yaml(Map<String, ?> members) {
    try {
      return YAML.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Results are plain data and must serialise", e);
    }
  }
}
