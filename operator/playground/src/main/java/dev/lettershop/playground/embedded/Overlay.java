package dev.lettershop.playground.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.playground.sample.Servers;
import dev.lettershop.resource.Manifest;
import dev.lettershop.resource.SourceLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts servers of this machine in place of those that manifests name, as an overlay would. */
public final class Overlay {
  private static final String SECRET = "lettershop-embedded";
  private static final int KEY_BYTES = 32;

  /** Makes databases that do not exist yet. */
  @FunctionalInterface
  public interface Databases {
    void require(String name) throws IOException;
  }

  private final Servers servers;
  private final Path linkKey;

  /**
   * @param linkKey file of the key that signs links where the manifests' Secret is not at hand
   */
  public Overlay(Servers servers, Path linkKey) {
    this.servers = servers;
    this.linkKey = linkKey;
  }

  /**
   * @param database told each database that a store has to find
   * @throws UncheckedIOException when there cannot be one
   */
  public List<Manifest> of(List<Manifest> manifests, Databases database) {
    try {
      return overlaid(manifests, database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Manifest> overlaid(List<Manifest> manifests, Databases database) throws IOException {
    Set<String> secrets =
        manifests.stream()
            .map(Manifest::ref)
            .filter(ref -> ref.kind().equals("Secret"))
            .map(ResourceRef::name)
            .collect(Collectors.toSet());
    List<Manifest> all = new ArrayList<>();
    for (Manifest manifest : manifests) {
      ObjectNode json = manifest.json().deepCopy();
      String name = database(manifest.ref().name());
      if (servers.replaceIn(json, name)) {
        if (manifest.ref().kind().equals("ProfileStore")) {
          database.require(name);
          ((ObjectNode) json.at("/spec/postgresql"))
              .putObject("credentialsSecretRef")
              .put("name", SECRET);
        } else {
          signLinks(json, secrets);
        }
      }
      all.add(
          new Manifest(
              manifest.ref(),
              manifest.namespace(),
              manifest.apiVersion(),
              json,
              manifest.places()));
    }
    if (!manifests.isEmpty()) {
      all.add(secret(manifests.get(0).places().get("")));
    }
    return all;
  }

  /** Each store has a database of its own, as it would have elsewhere. */
  private String database(String store) {
    return store.equals("default")
        ? servers.database()
        : servers.database() + "_" + store.replaceAll("[^a-z0-9]", "_");
  }

  /** Secrets are kept out of Git, so that not everybody has them. */
  private static void signLinks(ObjectNode transport, Set<String> secrets) {
    JsonNode key = transport.at("/spec/links/keySecretRef");
    if (key instanceof ObjectNode ref && !secrets.contains(ref.path("name").asText())) {
      ref.put("name", SECRET).put("key", "links");
    }
  }

  private Manifest secret(SourceLocation place) throws IOException {
    ObjectNode json = JsonMappers.PLAIN.createObjectNode();
    json.put("apiVersion", "v1").put("kind", "Secret");
    json.putObject("metadata").put("name", SECRET);
    json.putObject("stringData")
        .put("username", servers.username())
        .put("password", servers.password())
        .put("links", linkKey());
    return new Manifest(new ResourceRef("Secret", SECRET), null, "v1", json, Map.of("", place));
  }

  private String linkKey() throws IOException {
    if (!Files.exists(linkKey)) {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      Files.writeString(linkKey, HexFormat.of().formatHex(key));
    }
    return Files.readString(linkKey);
  }
}
