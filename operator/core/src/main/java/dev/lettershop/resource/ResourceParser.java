package dev.lettershop.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Parses files of manifests: any number of YAML (or JSON) documents, {@code kind: List} included.
 * Documents of groups that are not ours are passed over, but for core ConfigMaps and Secrets.
 */
public final class ResourceParser {
  private static final String GROUP = "lettershop.dev";
  private static final List<String> GROUPS = List.of(GROUP);
  static final String API_VERSION = GROUP + "/v1alpha1";

  /** No resource may be longer than 1.5 MiB in a cluster, and long scalars take long to scan. */
  private static final int MAX_CODE_POINTS = 4 * 1024 * 1024;

  private static final String ITEMS = "items[";
  private static final int MAX_ALIASES = 50;
  static final int MAX_DEPTH = 64;

  private final String file;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<ResourceRef, String> files = new HashMap<>();

  private ResourceParser(String file) {
    this.file = file;
  }

  /**
   * Parses one file. Never throws for what the text holds.
   *
   * @param fileName for messages and places
   */
  public static ParsedManifests parse(String fileName, String yaml) {
    ResourceParser parser = new ResourceParser(fileName);
    parser.parse(yaml);
    return new ParsedManifests(parser.manifests, parser.diagnostics, parser.files);
  }

  private void parse(String yaml) {
    if (yaml.length() > MAX_CODE_POINTS) {
      String most = MAX_CODE_POINTS / (1024 * 1024) + " MiB";
      fault(fileRef(), "", null, "is longer than " + most, "split it into several files");
      return;
    }
    YamlSource source = new YamlSource(file, yaml);
    try {
      for (Node node : new Yaml(options()).composeAll(new StringReader(yaml))) {
        Map<String, SourceLocation> places = new HashMap<>();
        document(new YamlToJson(source, places, this::malformed).convert(node), places);
      }
    } catch (MarkedYAMLException e) {
      malformed(e.getProblemMark(), "is not YAML: " + YamlProblem.inWords(e.getProblem()));
    } catch (YAMLException e) {
      malformed(null, "is not YAML: " + YamlProblem.inWords(e.getMessage()));
    }
  }

  static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setAllowDuplicateKeys(false);
    return options;
  }

  private void document(JsonNode json, Map<String, SourceLocation> places) {
    if (json.isNull() || json.isMissingNode()) {
      return;
    }
    if (!json.isObject()) {
      fault(fileRef(), "", places.get(""), "holds a document that is not an object", null);
      return;
    }
    if (json.path("kind").asText().equals("List") && json.path("items").isArray()) {
      JsonNode items = json.get("items");
      List<Map<String, SourceLocation>> ofItems = ofItems(places, items.size());
      for (int i = 0; i < items.size(); i++) {
        document(items.get(i), ofItems.get(i));
      }
      return;
    }
    resource(json, places);
  }

  private void resource(JsonNode json, Map<String, SourceLocation> places) {
    String apiVersion = json.path("apiVersion").asText("");
    String kind = json.path("kind").asText("");
    String name = json.path("metadata").path("name").asText("");
    if (apiVersion.isEmpty() || kind.isEmpty()) {
      incomplete(json, apiVersion, kind, places);
      return;
    }
    boolean ours = apiVersion.startsWith(GROUP + "/");
    boolean core = apiVersion.equals("v1") && (kind.equals("ConfigMap") || kind.equals("Secret"));
    ResourceRef ref = new ResourceRef(kind, name.isEmpty() ? "(unnamed)" : name);
    if (!ours && !core) {
      misspeltGroup(ref, apiVersion, places);
    } else if (ours && !apiVersion.equals(API_VERSION)) {
      fault(
          ref,
          "apiVersion",
          places.get("apiVersion"),
          "unknown version " + apiVersion,
          "use " + API_VERSION);
    } else if (ours && !Kinds.NAMES.contains(kind)) {
      fault(
          ref,
          "kind",
          places.get("kind"),
          "unknown kind \"" + kind + "\"",
          DidYouMean.fix(kind, Kinds.NAMES));
    } else if (name.isEmpty()) {
      fault(ref, "metadata.name", places.get(""), "is missing", "give the resource a name");
    } else {
      String namespace = json.path("metadata").path("namespace").asText(null);
      manifests.add(new Manifest(ref, namespace, apiVersion, json, places));
      if (ours) {
        CrdSchema.of(kind).check(json).forEach(problem -> diagnostics.add(problem.at(ref)));
      }
    }
  }

  /** Folders of manifests also hold values of charts, kustomizations and the like; not ours. */
  private void incomplete(
      JsonNode json, String apiVersion, String kind, Map<String, SourceLocation> places) {
    boolean meantAsOurs =
        apiVersion.startsWith(GROUP + "/")
            || DidYouMean.nearest(kind, Kinds.NAMES).isPresent()
            || (kind.isEmpty() && json.has("metadata") && json.has("spec"));
    if (meantAsOurs) {
      String missing = apiVersion.isEmpty() ? "apiVersion" : "kind";
      fault(
          fileRef(),
          missing,
          places.get(""),
          "a document has no " + missing,
          "a Lettershop resource begins with apiVersion: " + API_VERSION);
    }
  }

  /** Others may have kinds of the same names; a group that is nearly ours is a slip. */
  private void misspeltGroup(
      ResourceRef ref, String apiVersion, Map<String, SourceLocation> places) {
    int slash = apiVersion.indexOf('/');
    boolean slip =
        slash < 0 || DidYouMean.nearest(apiVersion.substring(0, slash), GROUPS).isPresent();
    if (slip && Kinds.NAMES.contains(ref.kind())) {
      fault(
          ref,
          "apiVersion",
          places.get("apiVersion"),
          "no kind " + ref.kind() + " in " + apiVersion,
          "use " + API_VERSION);
    }
  }

  private void malformed(Mark mark, String message) {
    SourceLocation at =
        mark == null ? null : new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
    fault(fileRef(), "", at, message, null);
  }

  private ResourceRef fileRef() {
    return new ResourceRef("File", file);
  }

  private void fault(ResourceRef ref, String field, SourceLocation at, String message, String fix) {
    Position position = at == null ? null : new Position(at.line(), at.column());
    files.put(ref, file);
    diagnostics.add(new Diagnostic(Severity.Error, ref, field, position, message, fix));
  }

  /** The places of each item, as if it were a document of its own. */
  private static List<Map<String, SourceLocation>> ofItems(
      Map<String, SourceLocation> places, int count) {
    List<Map<String, SourceLocation>> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new HashMap<>());
    }
    places.forEach(
        (path, place) -> {
          int end = path.startsWith(ITEMS) ? path.indexOf(']') : -1;
          if (end > 0) {
            int index = Integer.parseInt(path, ITEMS.length(), end, 10);
            String own = path.substring(end + 1);
            items.get(index).put(own.startsWith(".") ? own.substring(1) : own, place);
          }
        });
    return items;
  }
}
