package dev.lettershop.cli.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.output.DiagnosticPrinter;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.content.CampaignYaml;
import dev.lettershop.content.ContentRulesJson;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ParsedManifests;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop import content-rules}: rules in JSON as a Campaign in YAML. */
@Command(
    name = "content-rules",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Make a Campaign out of content rules in the JSON of marketing tools.",
      "",
      "FILE holds {\"segment\": \"…\", \"rules\": {\"location\": \"New York\", \"content\": {…}}},"
          + " with one rule or a list of them, or a list of such objects.",
      "",
      "Prints YAML. With -f, checks it together with those manifests, as lint does."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:findings", "2:usage, or a file that cannot be read"})
final class ImportContentRulesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The JSON.")
  private Path file;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the Campaign. Default: that of the file.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      defaultValue = "news@shop.example",
      description = "Whom the mails come from. Default: ${DEFAULT-VALUE}.")
  private String from;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "newsletter",
      description = "What its recipients have consented to. Default: ${DEFAULT-VALUE}.")
  private String topic;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The EmailTemplate. Default: ${DEFAULT-VALUE}.")
  private String template;

  @Option(
      names = "--audience",
      paramLabel = "SEGMENT",
      description = "Segments to mail. Default: those that the rules name.")
  private List<String> audience = List.of();

  @Option(
      names = "--attribute",
      paramLabel = "CONDITION=ATTRIBUTE",
      description = "What a condition is called in the store, such as location=city.")
  private Map<String, String> attributes = Map.of();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      description = "Manifests to check the Campaign with. May be repeated.")
  private List<Path> manifests = List.of();

  @Option(names = "--out", paramLabel = "FILE", description = "Write the YAML here.")
  private Path out;

  @Override
  public Integer call() {
    ContentRulesJson.Result result = ContentRulesJson.read(json(), attributes);
    PrintWriter err = spec.commandLine().getErr();
    result
        .problems()
        .forEach(
            p ->
                err.println(
                    file
                        + ": "
                        + p.field()
                        + " "
                        + p.problem().message()
                        + "; "
                        + p.problem().fix()));
    if (!result.problems().isEmpty()) {
      err.flush();
      return 1;
    }
    List<String> include = audience.isEmpty() ? List.copyOf(result.segments()) : audience;
    if (include.isEmpty()) {
      throw new UsageException("The rules name no segment; say with --audience whom to mail");
    }
    String yaml = CampaignYaml.of(campaignName(), from, topic, template, include, result.rules());
    boolean sound = check(yaml);
    write(yaml);
    return sound ? 0 : 1;
  }

  private JsonNode json() {
    try {
      return JsonMappers.PLAIN.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new UsageException(
          file
              + ":"
              + e.getLocation().getLineNr()
              + ":"
              + e.getLocation().getColumnNr()
              + " is not JSON: "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UsageException("Cannot read " + file + ": " + e.getMessage());
    }
  }

  private String campaignName() {
    if (name != null) {
      return name;
    }
    String bare = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String slug =
        bare.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "campaign" : slug;
  }

  /** Prints what is wrong with the Campaign; alone, only its own form can be checked. */
  private boolean check(String yaml) {
    ParsedManifests parsed = ResourceParser.parse(campaignName() + ".yaml", yaml);
    ResourceSet.Builder builder = ResourceSet.builder().add(parsed);
    List<Diagnostic> findings = builder.diagnostics();
    ResourceSet resources = builder.build();
    if (!manifests.isEmpty()) {
      ManifestFiles.Loaded loaded = new ManifestFiles(false).load(manifests);
      ResourceSet.Builder all = ResourceSet.builder();
      loaded
          .manifests()
          .forEach(m -> all.add(new ParsedManifests(List.of(m), List.of(), Map.of())));
      all.add(parsed);
      resources = all.build();
      findings = new java.util.ArrayList<>(all.diagnostics());
      findings.addAll(new PlanCompiler(resources).campaign(campaignName()).diagnostics());
    }
    ResourceRef ref = new ResourceRef("Campaign", campaignName());
    List<Diagnostic> own = findings.stream().filter(d -> d.resource().equals(ref)).toList();
    new DiagnosticPrinter(
            spec.commandLine().getErr(), spec.commandLine().getColorScheme().ansi(), resources)
        .print(own);
    return own.stream().noneMatch(Diagnostic::isError);
  }

  private void write(String yaml) {
    if (out == null) {
      PrintWriter stdout = spec.commandLine().getOut();
      stdout.print(yaml);
      stdout.flush();
      return;
    }
    try {
      Files.writeString(out, yaml, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException("Cannot write " + out + ": " + e.getMessage());
    }
  }
}
