package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.ResourceTypes;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells clients what is served. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

  private final ResourceTypes types;
  private final OpenApi openApi;

  Discovery(ResourceTypes types) {
    this.types = types;
    this.openApi = new OpenApi(types);
  }

  /** Empty when the path is not about what is served. */
  Optional<ApiResponse> answer(ApiRequest request) {
    if (!request.method().equals("GET")) {
      return Optional.empty();
    }
    String path = request.path().replaceFirst("(?<=.)/$", "");
    if (HEALTH.contains(path)) {
      return Optional.of(ApiResponse.text("ok"));
    }
    return switch (path) {
      case "/version" -> Optional.of(ApiResponse.json(200, version()));
      case "/api" -> Optional.of(ApiResponse.json(200, coreVersions()));
      case "/apis" -> Optional.of(ApiResponse.json(200, groups()));
      case "/api/v1" -> Optional.of(ApiResponse.json(200, resources("", "v1")));
      default -> openApi.answer(path).or(() -> group(path));
    };
  }

  private Optional<ApiResponse> group(String path) {
    String[] steps = path.split("/");
    if (steps.length < 3 || steps.length > 4 || !steps[1].equals("apis")) {
      return Optional.empty();
    }
    List<ResourceType> served =
        types.all().stream().filter(type -> type.group().equals(steps[2])).toList();
    if (served.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ApiResponse.json(
            200,
            steps.length == 3
                ? group(served.get(0)).put("kind", "APIGroup").put("apiVersion", "v1")
                : resources(steps[2], steps[3])));
  }

  private static ObjectNode version() {
    return object()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", "v1.32.0-playground")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "")
        .put("platform", "java");
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private ObjectNode groups() {
    ObjectNode list = object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    String last = "";
    for (ResourceType type : types.all()) {
      if (!type.group().equals(last)) {
        groups.add(group(type));
        last = type.group();
      }
    }
    return list;
  }

  private static ObjectNode group(ResourceType type) {
    ObjectNode group = object().put("name", type.group());
    ObjectNode version =
        object().put("groupVersion", type.apiVersion()).put("version", type.version());
    group.putArray("versions").add(version);
    group.set("preferredVersion", version);
    return group;
  }

  private ObjectNode resources(String group, String version) {
    ObjectNode list =
        object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : types.all()) {
      if (type.group().equals(group) && type.version().equals(version)) {
        ObjectNode main = resource(resources.addObject(), type, type.plural());
        VERBS.forEach(main.putArray("verbs")::add);
        type.shortNames().forEach(main.withArray("shortNames")::add);
        type.categories().forEach(main.withArray("categories")::add);
        if (type.status()) {
          ObjectNode status = resource(resources.addObject(), type, type.plural() + "/status");
          List.of("get", "patch", "update").forEach(status.putArray("verbs")::add);
        }
        if (type.kind().equals("Pod")) {
          resource(resources.addObject(), type, "pods/log").putArray("verbs").add("get");
        }
      }
    }
    return list;
  }

  private static ObjectNode resource(ObjectNode resource, ResourceType type, String name) {
    return resource
        .put("name", name)
        .put("singularName", name.contains("/") ? "" : type.singular())
        .put("namespaced", type.namespaced())
        .put("kind", type.kind());
  }

  private static ObjectNode object() {
    return StoredObject.JSON.createObjectNode();
  }
}
