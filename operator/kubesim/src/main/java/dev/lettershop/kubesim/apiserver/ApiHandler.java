package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.ObjectStore.Listing;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.MergePatch;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.ResourceTypes;
import dev.lettershop.kubesim.apiserver.object.Selectors;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Answers every request but watches. Thread-safe. */
final class ApiHandler {
  private final ResourceTypes types;
  private final ObjectStore store;
  private final ObjectWrites writes;
  private final Deletions deletions;
  private final Discovery discovery;
  private final Reviews reviews;
  private final Clock clock;
  private volatile BiFunction<String, String, Optional<String>> logs =
      (namespace, pod) -> Optional.empty();

  ApiHandler(ResourceTypes types, ObjectStore store, Clock clock) {
    this.types = types;
    this.store = store;
    this.clock = clock;
    this.writes = new ObjectWrites(store, types, clock);
    this.deletions = new Deletions(store, types, clock);
    this.discovery = new Discovery(types);
    this.reviews = new Reviews(clock);
  }

  /** Begins to collect garbage; the caller closes it. */
  GarbageCollector collector() {
    GarbageCollector collector = new GarbageCollector(store, writes, deletions);
    types.each(collector::mind);
    return collector;
  }

  ObjectWrites writes() {
    return writes;
  }

  /**
   * @param source the log of a Pod by namespace and name
   */
  void logs(BiFunction<String, String, Optional<String>> source) {
    logs = source;
  }

  ApiResponse handle(ApiRequest request) {
    try {
      Optional<ApiResponse> known = discovery.answer(request);
      if (known.isEmpty()) {
        known = reviews.answer(request);
      }
      if (known.isPresent()) {
        return known.get();
      }
      RequestPath path = RequestPath.parse(request.path()).orElseThrow(ApiException::noSuchPath);
      return answer(request, path, type(path));
    } catch (ApiException e) {
      return ApiResponse.of(e);
    }
  }

  ResourceType type(RequestPath path) {
    return types
        .find(path.group(), path.version(), path.plural())
        .orElseThrow(ApiException::noSuchPath);
  }

  /** Which objects a request is about. */
  Predicate<StoredObject> wanted(ApiRequest request, RequestPath path, ResourceType type) {
    Predicate<JsonNode> labels = Selectors.labels(request.query().get("labelSelector"));
    Predicate<JsonNode> fields = Selectors.fields(type, request.query().get("fieldSelector"));
    return object ->
        (path.namespace() == null || path.namespace().equals(object.namespace()))
            && (path.name() == null || path.name().equals(object.name()))
            && labels.test(object.json())
            && fields.test(object.json());
  }

  private ApiResponse answer(ApiRequest request, RequestPath path, ResourceType type) {
    if (path.subresource() != null && !path.subresource().equals("status")) {
      return subresource(request, path, type);
    }
    if ("status".equals(path.subresource()) && !type.status()) {
      throw ApiException.noSuchPath();
    }
    ObjectWrites.Options options = options(request);
    return switch (request.verb(path.name() == null)) {
      case "list" -> list(request, path, type);
      case "get" -> object(request, type, 200, existing(path, type));
      case "create" ->
          object(
              request,
              type,
              201,
              writes.create(type, path.namespace(), body(request.json()), options));
      case "update" ->
          object(
              request,
              type,
              200,
              writes.update(type, path, body(request.json()), path.subresource(), options));
      case "patch" -> object(request, type, 200, patch(request, path, type, options));
      case "delete" -> delete(request, path, type);
      case "deletecollection" -> {
        deletions.deleteAll(type, wanted(request, path, type), deletion(request));
        yield ApiResponse.json(200, success());
      }
      default -> throw ApiException.methodNotAllowed();
    };
  }

  private ApiResponse subresource(ApiRequest request, RequestPath path, ResourceType type) {
    StoredObject of = existing(path, type);
    if (type.kind().equals("Pod") && path.subresource().equals("log")) {
      return ApiResponse.text(
          logs.apply(of.namespace(), of.name())
              .orElseThrow(
                  () ->
                      ApiException.badRequest(
                          "container \"worker\" in pod \""
                              + of.name()
                              + "\" is waiting to start: ContainerCreating")));
    }
    if (type.kind().equals("ServiceAccount")
        && path.subresource().equals("token")
        && request.method().equals("POST")) {
      return ApiResponse.json(201, reviews.token(body(request.json()), clock.instant()));
    }
    throw ApiException.noSuchPath();
  }

  private ApiResponse list(ApiRequest request, RequestPath path, ResourceType type) {
    Listing listing = store.list(type, wanted(request, path, type));
    return request.wantsTable()
        ? ApiResponse.json(
            200, PrinterTable.of(type, listing.objects(), Long.toString(listing.version()), clock))
        : ApiResponse.list(type, listing);
  }

  private ApiResponse object(ApiRequest request, ResourceType type, int code, StoredObject object) {
    return request.wantsTable() && request.method().equals("GET")
        ? ApiResponse.json(code, PrinterTable.of(type, object, clock))
        : ApiResponse.object(code, object);
  }

  private StoredObject existing(RequestPath path, ResourceType type) {
    return store
        .get(type, type.namespaced() ? path.namespace() : "", path.name())
        .orElseThrow(() -> ApiException.notFound(type, path.name()));
  }

  private StoredObject patch(
      ApiRequest request, RequestPath path, ResourceType type, ObjectWrites.Options options) {
    String media = request.contentType().split(";")[0].strip();
    if (media.contains("apply-patch")) {
      throw ApiException.unsupported(
          "this API server has no server-side apply: apply without --server-side");
    }
    JsonNode patch = request.json();
    return writes.change(
        type,
        path,
        path.subresource(),
        options,
        before ->
            switch (media) {
              case "application/merge-patch+json" -> body(MergePatch.applied(before, patch));
              case "application/json-patch+json" -> jsonPatch(before, patch, type);
              case "application/strategic-merge-patch+json" -> strategic(before, patch, type);
              default -> throw ApiException.unsupported("unsupported patch type " + media);
            });
  }

  private static ObjectNode strategic(ObjectNode before, JsonNode patch, ResourceType type) {
    boolean atomic = type.group().startsWith("rbac");
    if (type.custom() || !MergePatch.isPlain(patch, atomic)) {
      throw ApiException.unsupported(
          "this API server does not merge lists: send a merge patch, or replace the object");
    }
    return body(MergePatch.applied(before, patch));
  }

  private static ObjectNode jsonPatch(ObjectNode before, JsonNode patch, ResourceType type) {
    try {
      // Paths are checked against the version that the client saw, so it is part of the document.
      return body(JsonPatch.apply(patch, before.deepCopy()));
    } catch (JsonPatchException e) {
      throw ApiException.invalid(
          type,
          before.at("/metadata/name").asText(),
          List.of(new ApiException.Cause("FieldValueInvalid", "" + e.getMessage(), "patch")));
    }
  }

  private ApiResponse delete(ApiRequest request, RequestPath path, ResourceType type) {
    String namespace = type.namespaced() ? path.namespace() : "";
    return deletions
        .delete(type, namespace, path.name(), deletion(request))
        .map(object -> ApiResponse.object(200, object))
        .orElseGet(() -> ApiResponse.json(200, success()));
  }

  private static Deletions.Options deletion(ApiRequest request) {
    return Deletions.Options.of(
        request.json(),
        request.query().get("propagationPolicy"),
        request.query().get("gracePeriodSeconds"),
        request.isDryRun());
  }

  private static ObjectWrites.Options options(ApiRequest request) {
    String validation = request.query().getOrDefault("fieldValidation", "Strict");
    return new ObjectWrites.Options(request.isDryRun(), !validation.equals("Strict"));
  }

  private static ObjectNode body(JsonNode json) {
    if (json instanceof ObjectNode object && !object.isEmpty()) {
      return object;
    }
    throw ApiException.badRequest("the body of the request must be an object");
  }

  private static ObjectNode success() {
    return StoredObject.JSON
        .createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Success");
  }
}
