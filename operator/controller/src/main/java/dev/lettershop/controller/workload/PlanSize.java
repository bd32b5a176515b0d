package dev.lettershop.controller.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.PlanDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Whether a plan fits into a ConfigMap, which holds 1 MiB. */
public final class PlanSize {
  /** Most bytes of a plan, compressed: the rest is for what the API server adds. */
  public static final long MAX = 1_000_000;

  private static final JsonMapper MAPPER = JsonMappers.PLAIN;

  private PlanSize() {}

  /** What is too large, and what is largest in it; empty when all fits. */
  public static Optional<Diagnostic> check(PlanFiles files, PlanDocument plan) {
    long size = files.size();
    if (size <= MAX) {
      return Optional.empty();
    }
    Part largest =
        parts(files, plan).stream().max(Comparator.comparingLong(Part::bytes)).orElseThrow();
    return Optional.of(
        new Diagnostic(
            Severity.Error,
            new ResourceRef("Campaign", plan.plan().campaign()),
            "spec.content",
            null,
            String.format(
                Locale.ROOT,
                "comes to a plan of %,d bytes, compressed, and at most %,d fit into a ConfigMap;"
                    + " largest in it: %s with %,d bytes",
                size,
                MAX,
                largest.name(),
                largest.bytes()),
            largest.fix()));
  }

  /**
   * Something that takes room in a plan.
   *
   * @param bytes when compressed by itself: what counts
   */
  private record Part(String name, long bytes, String fix) {}

  private static List<Part> parts(PlanFiles files, PlanDocument plan) {
    JsonNode json = json(plan);
    List<Part> parts = new ArrayList<>();
    json.path("templates")
        .fields()
        .forEachRemaining(
            template ->
                parts.add(
                    new Part(
                        "EmailTemplate/" + template.getKey(),
                        compressed(template.getValue()),
                        "host images and fonts elsewhere and link to them, or split the template"
                            + " over several campaigns")));
    parts.add(
        new Part(
            "the segments",
            compressed(json.path("segments")),
            "include and exclude fewer segments, or move long lists of values into an attribute"));
    parts.add(
        new Part(
            "the content rules",
            compressed(json.path("contentRules")),
            "put what the rules say into templates, or use fewer rules"));
    parts.add(
        new Part(
            "the sources that are read before each run",
            compressed(MAPPER.valueToTree(files.sources())),
            "give sources a schedule of their own, or shorten their mappings"));
    return parts;
  }

  private static JsonNode json(PlanDocument plan) {
    try {
      return MAPPER.readTree(plan.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A plan is JSON", e);
    }
  }

  private static long compressed(JsonNode part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(part.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.size();
  }
}
