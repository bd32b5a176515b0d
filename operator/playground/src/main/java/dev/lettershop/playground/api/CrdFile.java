package dev.lettershop.playground.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The part of one of our CRDs that stands before its schema: names and printer columns. Reading the
 * whole file would take a multiple of the time that the rest of a command takes.
 *
 * @param names {@code spec.names}
 * @param columns {@code spec.versions[0].additionalPrinterColumns}
 */
public record CrdFile(JsonNode names, JsonNode columns) {
  /** Plurals of our kinds, in the order in which somebody gets to know them. */
  static final java.util.List<String> PLURALS =
      java.util.List.of(
          "profilestores",
          "profilesources",
          "segments",
          "models",
          "emailtemplates",
          "mailtransports",
          "campaigns",
          "campaignruns",
          "collectors");

  private static final YAMLMapper MAPPER = JsonMappers.YAML;

  /**
   * Reads the CRD of a kind from the class path.
   *
   * @param plural one of ours
   */
  public static CrdFile of(String plural) {
    String file = "/META-INF/lettershop/crds/" + plural + "." + ResourceKinds.GROUP + ".yaml";
    try (InputStream in = Campaign.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      try (JsonParser parser = MAPPER.createParser(in)) {
        return new CrdFile(next(parser, "names"), next(parser, "additionalPrinterColumns"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + " from the class path", e);
    }
  }

  private static JsonNode next(JsonParser parser, String field) throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME && parser.currentName().equals(field)) {
        parser.nextToken();
        return parser.readValueAsTree();
      }
    }
    throw new IllegalStateException("A CRD has no " + field);
  }
}
