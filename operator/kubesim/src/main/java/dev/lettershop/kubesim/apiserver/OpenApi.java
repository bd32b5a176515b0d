package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.ResourceTypes;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * As much OpenAPI as kubectl asks for: that the server checks fields by itself, so that {@code
 * kubectl apply} leaves it to it, and the schemas of the CRDs for {@code kubectl explain}.
 */
final class OpenApi {
  private static final String ROOT = "/openapi/v3";

  private final ResourceTypes types;

  OpenApi(ResourceTypes types) {
    this.types = types;
  }

  /** Empty when the path is not about OpenAPI. */
  Optional<ApiResponse> answer(String path) {
    if (path.equals(ROOT)) {
      return Optional.of(ApiResponse.json(200, index()));
    } else if (path.startsWith(ROOT + "/")) {
      String version = path.substring(ROOT.length() + 1);
      List<ResourceType> served =
          types.all().stream().filter(type -> prefix(type).equals(version)).toList();
      if (!served.isEmpty()) {
        return Optional.of(ApiResponse.json(200, document(served)));
      }
    }
    return Optional.empty();
  }

  private ObjectNode index() {
    ObjectNode index = StoredObject.JSON.createObjectNode();
    ObjectNode paths = index.putObject("paths");
    for (ResourceType type : types.all()) {
      paths.putObject(prefix(type)).put("serverRelativeURL", ROOT + "/" + prefix(type));
    }
    return index;
  }

  private static ObjectNode document(List<ResourceType> served) {
    ObjectNode document = StoredObject.JSON.createObjectNode().put("openapi", "3.0.0");
    document.putObject("info").put("title", "playground").put("version", "1");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ResourceType type : served) {
      String scope = type.namespaced() ? "/namespaces/{namespace}/" : "/";
      ObjectNode patch =
          paths
              .putObject("/" + prefix(type) + scope + type.plural() + "/{name}")
              .putObject("patch");
      kind(patch.putObject("x-kubernetes-group-version-kind"), type);
      patch.putObject("responses");
      patch.putArray("parameters").addObject().put("name", "fieldValidation").put("in", "query");
      ObjectNode schema =
          type.custom()
              ? ((ObjectNode) type.crd().at("/schema/openAPIV3Schema")).deepCopy()
              : StoredObject.JSON.createObjectNode().put("type", "object");
      kind(schema.putArray("x-kubernetes-group-version-kind").addObject(), type);
      schemas.set(type.kind(), schema);
    }
    return document;
  }

  private static void kind(ObjectNode node, ResourceType type) {
    node.put("group", type.group()).put("version", type.version()).put("kind", type.kind());
  }

  private static String prefix(ResourceType type) {
    return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
  }
}
