package dev.lettershop.cli.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.cli.output.ResourceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a project as text, by their path in it. */
final class ProjectText {
  static final String SECRETS = "secrets.yaml";
  static final String IGNORED = ".gitignore";

  /** Hidden, so that it is not taken for a manifest. */
  static final String SCHEMA = ".schemas/lettershop.json";

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private final ShopManifests manifests;
  private final Login database;
  private final String linkKey;
  private final List<String> data;

  /**
   * @param database login of the database that profiles come from, or null
   * @param linkKey what unsubscribe links are signed with
   * @param data files of people's data in the project
   */
  ProjectText(ShopManifests manifests, Login database, String linkKey, List<String> data) {
    this.manifests = manifests;
    this.database = database;
    this.linkKey = linkKey;
    this.data = List.copyOf(data);
  }

  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "profile-store.yaml",
        resource(
            "Where profiles live, and what they look like. Check names and types, and what is"
                + " personal data (pii).\npostgresql is the database of later: on a laptop,"
                + " --embedded takes its place.",
            List.of(manifests.store())));
    files.put(
        "sources.yaml",
        resource(
            "Where profiles, consents and events come from. What is not mapped is taken by name.\nIn"
                + " a cluster files lie in the volume; on a laptop this folder stands in for it.",
            manifests.sources()));
    files.put(
        "segments.yaml",
        resource(String.join("\n", manifests.aboutSegments()), manifests.segments()));
    files.put(
        "template.yaml",
        resource(
            "What the mail says. Slots are what the campaign's content rules fill.",
            List.of(manifests.template(read("letter.mjml").strip() + "\n"))));
    files.put(
        "transport.yaml",
        resource(
            "Through whom. smtp is the server of later: on a laptop, --embedded takes its place.",
            List.of(manifests.transport())));
    files.put(
        "campaign.yaml",
        resource(
            "All together: who, what and through whom. Without spec.schedule it is sent by hand.",
            List.of(manifests.campaign())));
    files.put(SCHEMA, ResourceSchema.text());
    files.put(SECRETS, secrets());
    files.put("kustomization.yaml", KUSTOMIZATION);
    files.put(IGNORED, ignored());
    files.put(".github/workflows/campaigns.yaml", read("campaigns-workflow.yaml"));
    return files;
  }

  private static String resource(String comment, List<Map<String, Object>> documents) {
    return "# yaml-language-server: $schema="
        + SCHEMA
        + "\n"
        + comment.lines().map(line -> "# " + line + "\n").collect(Collectors.joining())
        + documents.stream().map(ProjectText::yaml).collect(Collectors.joining("---\n"));
  }

  private static String yaml(Map<String, Object> document) {
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Manifests are plain data and must serialise", e);
    }
  }

  private static final String KUSTOMIZATION =
      """
      # kubectl apply -k .
      # Secrets are not among them: External Secrets, Sealed Secrets and SOPS make them in a cluster.
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources:
        - profile-store.yaml
        - sources.yaml
        - segments.yaml
        - template.yaml
        - transport.yaml
        - campaign.yaml
      """;

  private String secrets() {
    StringBuilder text =
        new StringBuilder("# For this machine alone; .gitignore keeps it out of Git.\n");
    text.append(
        yaml(secret("lettershop-db", Map.of("username", "lettershop", "password", "change-me"))));
    text.append("---\n");
    text.append(yaml(secret("smtp", Map.of("username", "change-me", "password", "change-me"))));
    text.append("---\n");
    text.append(yaml(secret("links", Map.of("key", linkKey))));
    if (database != null) {
      text.append("---\n");
      text.append(
          yaml(
              secret(
                  Login.SECRET,
                  Map.of("username", database.username(), "password", database.password()))));
    }
    return text.toString();
  }

  private static Map<String, Object> secret(String name, Map<String, String> values) {
    Map<String, Object> secret = new LinkedHashMap<>();
    secret.put("apiVersion", "v1");
    secret.put("kind", "Secret");
    secret.put("metadata", Map.of("name", name));
    secret.put("stringData", new java.util.TreeMap<>(values));
    return secret;
  }

  /** What people have told, and what is secret, does not belong into Git. */
  private String ignored() {
    return "/"
        + SECRETS
        + "\n/"
        + DataFile.FOLDER
        + "/\n"
        + data.stream()
            .filter(file -> !file.startsWith(DataFile.FOLDER + "/"))
            .map(file -> "/" + file + "\n")
            .collect(Collectors.joining())
        + "/.lettershop/\n/preview/\n";
  }

  private static String read(String resource) {
    try (InputStream in = ProjectText.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource + " of the program itself", e);
    }
  }
}
