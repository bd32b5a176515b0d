package dev.lettershop.cli.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop import templates}. */
@Command(
    name = "templates",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Make EmailTemplates out of templates of Mailchimp, listmonk or Mautic.",
      "",
      "FILE is HTML; or what the API of listmonk (GET /api/templates) or Mautic (GET /api/emails)"
          + " answers. Merge tags become placeholders, and their defaults spec.defaults. What has no"
          + " counterpart stays as it is, is named, and lint names it too."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but tags without a counterpart are left",
      "2:usage, or a file that cannot be read"
    })
final class ImportTemplatesCommand implements Callable<Integer> {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().build())
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .build();

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The template, or the API's answer.")
  private Path file;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TOOL",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private ForeignTool tool;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the EmailTemplate out of HTML. Default: that of the file.")
  private String name;

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "The subject of a template that has none.")
  private String subject;

  @Option(
      names = "--attribute",
      paramLabel = "FIELD=ATTRIBUTE",
      description = "What a field is called in the store, such as MMERGE5=city.")
  private Map<String, String> attributes = Map.of();

  @Option(names = "--out", paramLabel = "FILE", description = "Write the YAML here.")
  private Path out;

  /** A template as the other tool has it. */
  private record Foreign(String name, String subject, String html) {}

  @Override
  public Integer call() {
    List<String> left = new ArrayList<>();
    StringBuilder yaml = new StringBuilder();
    for (Foreign template : read()) {
      yaml.append(manifest(template, left));
    }
    write(yaml.toString());
    PrintWriter err = spec.commandLine().getErr();
    left.stream().distinct().forEach(tag -> err.println("no counterpart: " + tag));
    err.flush();
    return left.isEmpty() ? 0 : 1;
  }

  private List<Foreign> read() {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UsageException("Cannot read " + file + " as UTF-8 text: " + e.getMessage());
    }
    if (!text.stripLeading().startsWith("{") && !text.stripLeading().startsWith("[")) {
      return List.of(new Foreign(name == null ? bare() : name, subject, text));
    }
    List<Foreign> found = new ArrayList<>();
    collect(json(text), found);
    if (found.isEmpty()) {
      throw new UsageException(
          file + " holds no template: objects with a name and body or customHtml");
    }
    return found;
  }

  private JsonNode json(String text) {
    try {
      return JsonMappers.PLAIN.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "%s:%d:%d is not JSON"
              .formatted(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  /** Wherever they lie: APIs wrap lists in other things. */
  private void collect(JsonNode node, List<Foreign> found) {
    JsonNode html =
        node.path("customHtml").isTextual() ? node.path("customHtml") : node.path("body");
    if (html.isTextual() && node.path("name").isTextual()) {
      String own = node.path("subject").asText("");
      found.add(
          new Foreign(node.path("name").asText(), own.isBlank() ? subject : own, html.textValue()));
      return;
    }
    node.forEach(child -> collect(child, found));
  }

  private String manifest(Foreign template, List<String> left) {
    Map<String, String> defaults = new LinkedHashMap<>();
    Map<String, Object> written = new LinkedHashMap<>();
    String line = template.subject() == null ? template.name() : template.subject();
    written.put("subject", translated(line, defaults, left));
    written.put("html", translated(template.html(), defaults, left).replaceAll("[ \t]+\\R", "\n"));
    if (!defaults.isEmpty()) {
      written.put("defaults", defaults);
    }
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("apiVersion", "lettershop.dev/v1alpha1");
    manifest.put("kind", "EmailTemplate");
    manifest.put("metadata", Map.of("name", slug(template.name())));
    manifest.put("spec", written);
    try {
      return YAML.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A template is plain data and must serialise", e);
    }
  }

  private String translated(String text, Map<String, String> defaults, List<String> left) {
    ForeignTool.Translated result = tool.translate(text, attributes);
    defaults.putAll(result.defaults());
    left.addAll(result.left());
    return result.text();
  }

  private String bare() {
    return file.getFileName().toString().replaceFirst("[.][^.]*$", "");
  }

  private static String slug(String text) {
    String slug =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "template" : slug;
  }

  private void write(String yaml) {
    if (out == null) {
      spec.commandLine().getOut().print(yaml);
      spec.commandLine().getOut().flush();
      return;
    }
    try {
      Files.writeString(out, yaml, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException("Cannot write " + out + ": " + e.getMessage());
    }
  }
}
