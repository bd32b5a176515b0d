package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The CRD of one kind, as an API server would apply it to a resource: structure, keyed lists,
 * defaults, and the rules between fields, transitions included. Immutable and thread-safe.
 *
 * <p>Differs from an API server in that fields that are not in the schema are errors; a server
 * drops them, with a warning at best.
 */
public final class CrdSchema {
  private final JsonNode schema;
  private final Structure structure;
  private final FieldRules rules;

  private CrdSchema(String kind) {
    this.schema = load(kind);
    this.structure = new Structure(schema);
    this.rules = new FieldRules();
  }

  /**
   * The schema of a kind; what is costly is made once, when first asked for.
   *
   * @throws IllegalArgumentException when the kind is not ours
   */
  public static CrdSchema of(String kind) {
    return switch (kind) {
      case "Campaign" -> OfCampaign.SCHEMA;
      case "CampaignRun" -> OfCampaignRun.SCHEMA;
      case "Collector" -> OfCollector.SCHEMA;
      case "EmailTemplate" -> OfEmailTemplate.SCHEMA;
      case "MailTransport" -> OfMailTransport.SCHEMA;
      case "Model" -> OfModel.SCHEMA;
      case "ProfileSource" -> OfProfileSource.SCHEMA;
      case "ProfileStore" -> OfProfileStore.SCHEMA;
      case "Segment" -> OfSegment.SCHEMA;
      default -> throw new IllegalArgumentException("Unknown kind " + kind);
    };
  }

  /** What is wrong with a resource that is created. In no particular order; empty when sound. */
  public List<FieldProblem> check(JsonNode resource) {
    return check(resource, null);
  }

  /**
   * What is wrong with a resource that takes the place of another.
   *
   * @param old the resource as it was, itself sound; null when there was none
   */
  public List<FieldProblem> check(JsonNode resource, JsonNode old) {
    JsonNode complete = Defaults.applied(schema, resource);
    JsonNode before = old == null ? null : Defaults.applied(schema, old);
    List<FieldProblem> problems = new ArrayList<>(structure.check(complete));
    problems.addAll(KeyedLists.check(schema, complete));
    List<String> broken = problems.stream().map(FieldProblem::field).toList();
    problems.addAll(rules.check(schema, complete, before, broken));
    return problems;
  }

  /** A copy of a resource with the schema's defaults, as an API server would store it. */
  JsonNode completed(JsonNode resource) {
    return Defaults.applied(schema, resource);
  }

  private static JsonNode load(String kind) {
    String file =
        "/META-INF/lettershop/crds/" + kind.toLowerCase(Locale.ROOT) + "s.lettershop.dev.yaml";
    try (InputStream crd = Campaign.class.getResourceAsStream(file)) {
      if (crd == null) {
        throw new IllegalStateException(
            file + " is not on the class path: build operator/api with its resources");
      }
      JsonNode version = JsonMappers.YAML.readTree(crd).at("/spec/versions/0");
      ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
      ObjectNode properties = (ObjectNode) schema.get("properties");
      properties.putObject("apiVersion").put("type", "string");
      properties.putObject("kind").put("type", "string");
      properties.set("metadata", METADATA.deepCopy());
      schema.withArray("required").add("metadata");
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + " from the class path", e);
    }
  }

  private static final JsonNode METADATA = metadata();

  /** What an API server asks of the metadata that people write. */
  private static JsonNode metadata() {
    ObjectNode metadata = JsonMappers.YAML.createObjectNode();
    metadata.put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
    metadata.putArray("required").add("name");
    ObjectNode properties = metadata.putObject("properties");
    properties
        .putObject("name")
        .put("type", "string")
        .put("minLength", 1)
        .put("maxLength", 253)
        .put("description", "Lower case letters, digits, - and ., such as spring-sale.")
        .put("pattern", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$");
    properties
        .putObject("namespace")
        .put("type", "string")
        .put("minLength", 1)
        .put("maxLength", 63)
        .put("description", "Lower case letters, digits and -, such as marketing.")
        .put("pattern", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$");
    for (String map : List.of("labels", "annotations")) {
      ObjectNode texts = properties.putObject(map).put("type", "object");
      texts.putObject("additionalProperties").put("type", "string");
    }
    return metadata;
  }

  private static final class OfCampaign {
    static final CrdSchema SCHEMA = new CrdSchema("Campaign");
  }

  private static final class OfCampaignRun {
    static final CrdSchema SCHEMA = new CrdSchema("CampaignRun");
  }

  private static final class OfCollector {
    static final CrdSchema SCHEMA = new CrdSchema("Collector");
  }

  private static final class OfEmailTemplate {
    static final CrdSchema SCHEMA = new CrdSchema("EmailTemplate");
  }

  private static final class OfMailTransport {
    static final CrdSchema SCHEMA = new CrdSchema("MailTransport");
  }

  private static final class OfModel {
    static final CrdSchema SCHEMA = new CrdSchema("Model");
  }

  private static final class OfProfileSource {
    static final CrdSchema SCHEMA = new CrdSchema("ProfileSource");
  }

  private static final class OfProfileStore {
    static final CrdSchema SCHEMA = new CrdSchema("ProfileStore");
  }

  private static final class OfSegment {
    static final CrdSchema SCHEMA = new CrdSchema("Segment");
  }
}
