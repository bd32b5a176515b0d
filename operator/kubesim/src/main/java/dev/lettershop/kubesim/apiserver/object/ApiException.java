package dev.lettershop.kubesim.apiserver.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that is refused, as the Status object that says so. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient ObjectNode status;

  private ApiException(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message).put("reason", reason);
    if (details != null) {
      status.set("details", details);
    }
    status.put("code", code);
  }

  /**
   * One field that is wrong.
   *
   * @param reason such as {@code FieldValueRequired}
   */
  public record Cause(String reason, String message, String field) {}

  public int code() {
    return code;
  }

  public ObjectNode status() {
    return status;
  }

  public static ApiException disturbed(int code) {
    return new ApiException(code, "InternalError", "this request was disturbed on purpose", null);
  }

  public static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, null);
  }

  public static ApiException noSuchPath() {
    return new ApiException(
        404, "NotFound", "the server could not find the requested resource", null);
  }

  public static ApiException notFound(ResourceType type, String name) {
    return new ApiException(
        404,
        "NotFound",
        type.qualified() + " \"" + name + "\" not found",
        details(type.group(), type.plural(), name));
  }

  public static ApiException alreadyExists(ResourceType type, String name) {
    return new ApiException(
        409,
        "AlreadyExists",
        type.qualified() + " \"" + name + "\" already exists",
        details(type.group(), type.plural(), name));
  }

  public static ApiException conflict(ResourceType type, String name, String why) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + type.qualified() + " \"" + name + "\": " + why,
        details(type.group(), type.plural(), name));
  }

  public static ApiException forbidden(ResourceType type, String name, String why) {
    return new ApiException(
        403,
        "Forbidden",
        type.qualified() + " \"" + name + "\" is forbidden: " + why,
        details(type.group(), type.plural(), name));
  }

  /** Whoever asks is not one who may. */
  public static ApiException forbidden(String why) {
    return new ApiException(403, "Forbidden", why, null);
  }

  /** Nothing is made in a namespace that is being deleted. */
  public static ApiException namespaceEnds(ResourceType type, String name, String namespace) {
    String why = "namespace " + namespace + " is being terminated";
    ObjectNode details = details(type.group(), type.plural(), name);
    details
        .withArray("causes")
        .addObject()
        .put("reason", "NamespaceTerminating")
        .put("message", why)
        .put("field", "metadata.namespace");
    return new ApiException(
        403,
        "Forbidden",
        type.qualified()
            + " \""
            + name
            + "\" is forbidden: unable to create new content in namespace "
            + namespace
            + " because it is being terminated",
        details);
  }

  public static ApiException invalid(ResourceType type, String name, List<Cause> causes) {
    ObjectNode details = details(type.group(), type.kind(), name);
    List<String> texts =
        causes.stream().map(cause -> cause.field() + ": " + cause.message()).distinct().toList();
    for (Cause cause : causes) {
      details
          .withArray("causes")
          .addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
    String all = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
    return new ApiException(
        422, "Invalid", type.qualifiedKind() + " \"" + name + "\" is invalid: " + all, details);
  }

  public static ApiException unsupported(String message) {
    return new ApiException(415, "UnsupportedMediaType", message, null);
  }

  public static ApiException methodNotAllowed() {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        null);
  }

  public static ApiException expired(long version, long oldest) {
    return new ApiException(
        410, "Expired", "too old resource version: " + version + " (" + oldest + ")", null);
  }

  private static ObjectNode details(String group, String kind, String name) {
    ObjectNode details = JsonNodeFactory.instance.objectNode().put("name", name);
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    return details.put("kind", kind);
  }
}
