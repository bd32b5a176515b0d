package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.ApiException.Cause;
import dev.lettershop.kubesim.apiserver.object.Metadata;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.ResourceTypes;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Creates, changes and deletes objects as an API server does. Each change starts from the newest
 * version and is tried again when that was overtaken, unless the request named its version.
 */
final class ObjectWrites {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern ROLE_NAME = Pattern.compile("[^/%]+");
  private static final int LONGEST_NAME = 253;
  private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";
  private static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";

  private final ObjectStore store;
  private final ResourceTypes types;
  private final Clock clock;
  private final CustomRules customRules = new CustomRules();
  private final Map<String, Function<JsonNode, Optional<String>>> refusals =
      new ConcurrentHashMap<>();

  ObjectWrites(ObjectStore store, ResourceTypes types, Clock clock) {
    this.store = store;
    this.types = types;
    this.clock = clock;
  }

  /**
   * How a write is meant.
   *
   * @param dryRun whether nothing is stored
   * @param drop whether unknown fields of custom resources are dropped and not refused
   */
  record Options(boolean dryRun, boolean drop) {}

  /**
   * Lets somebody say no to new objects of a kind, as an admission plugin does.
   *
   * @param why says why not, or empty
   */
  void refuse(String plural, Function<JsonNode, Optional<String>> why) {
    refusals.put(plural, why);
  }

  StoredObject create(ResourceType type, String namespace, ObjectNode body, Options options) {
    checkType(type, body);
    ObjectNode object = body.deepCopy();
    ObjectNode metadata = object.withObject("/metadata");
    checkNamespace(type, namespace, metadata);
    String name = name(type, metadata);
    Metadata.begin(type, object, namespace, clock);
    if (type.status()) {
      object.remove("status");
    }
    complete(type, object, options);
    validate(type, object, null);
    admit(type, namespace, name, object);
    if (options.dryRun()) {
      return StoredObject.of(object, 0);
    }
    StoredObject created =
        store.create(type, object).orElseThrow(() -> ApiException.alreadyExists(type, name));
    learn(type, object);
    return created;
  }

  /** Asks those who may say no to what is well-formed. */
  private void admit(ResourceType type, String namespace, String name, ObjectNode object) {
    if (type.namespaced() && ends(namespace)) {
      throw ApiException.namespaceEnds(type, name, namespace);
    }
    Optional<String> refusal =
        refusals.getOrDefault(type.plural(), any -> Optional.empty()).apply(object);
    if (refusal.isEmpty() && type.kind().equals("Pod")) {
      String account = object.at("/spec/serviceAccountName").asText("default");
      ResourceType accounts = types.find("", "v1", "serviceaccounts").orElseThrow();
      if (!account.equals("default") && store.get(accounts, namespace, account).isEmpty()) {
        refusal =
            Optional.of(
                "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                    .formatted(namespace, account, account));
      }
    }
    if (refusal.isPresent()) {
      throw ApiException.forbidden(type, name, refusal.get());
    }
  }

  private boolean ends(String namespace) {
    ResourceType namespaces = types.find("", "v1", "namespaces").orElseThrow();
    return store
        .get(namespaces, "", namespace)
        .filter(found -> found.json().at("/metadata").has("deletionTimestamp"))
        .isPresent();
  }

  /**
   * Replaces an object.
   *
   * @param subresource {@code status}, or null for the rest
   */
  StoredObject update(
      ResourceType type, RequestPath path, ObjectNode body, String subresource, Options options) {
    checkType(type, body);
    String named = body.at("/metadata/name").asText(path.name());
    if (!named.equals(path.name())) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(named, path.name()));
    }
    if (type.namespaced()) {
      checkNamespace(type, path.namespace(), body.path("metadata"));
    }
    if (type.custom() && body.at("/metadata/resourceVersion").asText("").isEmpty()) {
      throw ApiException.invalid(
          type,
          path.name(),
          List.of(
              new Cause(
                  "FieldValueInvalid",
                  "Invalid value: 0x0: must be specified for an update",
                  "metadata.resourceVersion")));
    }
    return change(type, path, subresource, options, before -> body.deepCopy());
  }

  /** Changes an object by a function of what it is. */
  StoredObject change(
      ResourceType type,
      RequestPath path,
      String subresource,
      Options options,
      UnaryOperator<ObjectNode> edit) {
    String namespace = type.namespaced() ? path.namespace() : "";
    while (true) {
      StoredObject current =
          store
              .get(type, namespace, path.name())
              .orElseThrow(() -> ApiException.notFound(type, path.name()));
      ObjectNode next = next(type, current, subresource, options, edit);
      if (Metadata.same(next, current.json())) {
        return current;
      }
      if (options.dryRun()) {
        return StoredObject.of(next, current.version());
      }
      if (isGone(type, next)) {
        if (store.remove(type, current)) {
          return StoredObject.of(next, store.version());
        }
      } else {
        Optional<StoredObject> stored = store.replace(type, current, next);
        if (stored.isPresent()) {
          learn(type, next);
          return stored.get();
        }
      }
    }
  }

  private ObjectNode next(
      ResourceType type,
      StoredObject current,
      String subresource,
      Options options,
      UnaryOperator<ObjectNode> edit) {
    ObjectNode before = current.json();
    ObjectNode next = edit.apply(before);
    checkPreconditions(type, current, next.path("metadata"));
    if ("status".equals(subresource)) {
      JsonNode status = next.get("status");
      next = before.deepCopy();
      set(next, "status", status);
    } else {
      Metadata.carry(next, before);
      if (type.status()) {
        set(next, "status", before.get("status"));
      }
    }
    complete(type, next, options);
    Metadata.count(type, next, before);
    validate(type, next, before);
    return next;
  }

  private static void set(ObjectNode object, String field, JsonNode value) {
    if (value == null) {
      object.remove(field);
    } else {
      object.set(field, value);
    }
  }

  private void complete(ResourceType type, ObjectNode object, Options options) {
    object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    if (type.custom()) {
      customRules.shape(type, object, options.drop());
    } else {
      BuiltInRules.complete(type, object);
    }
  }

  private void validate(ResourceType type, ObjectNode object, JsonNode before) {
    List<Cause> causes = BuiltInRules.check(type, object, before);
    if (!causes.isEmpty()) {
      throw ApiException.invalid(type, object.at("/metadata/name").asText(), causes);
    }
    customRules.validate(type, object, before);
  }

  private static void checkPreconditions(
      ResourceType type, StoredObject current, JsonNode metadata) {
    String version = metadata.path("resourceVersion").asText("");
    if (!version.isEmpty() && !version.equals(Long.toString(current.version()))) {
      throw ApiException.conflict(type, current.name(), MODIFIED);
    }
    String uid = metadata.path("uid").asText("");
    String is = current.json().at("/metadata/uid").asText();
    if (!uid.isEmpty() && !uid.equals(is)) {
      throw ApiException.conflict(
          type,
          current.name(),
          "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + is);
    }
  }

  private static void checkType(ResourceType type, JsonNode body) {
    String kind = body.path("kind").asText(type.kind());
    String apiVersion = body.path("apiVersion").asText(type.apiVersion());
    if (!kind.equals(type.kind()) || !apiVersion.equals(type.apiVersion())) {
      throw ApiException.badRequest(
          "the object provided is %s, %s and not %s, %s as the URL says"
              .formatted(apiVersion, kind, type.apiVersion(), type.kind()));
    }
  }

  private void checkNamespace(ResourceType type, String namespace, JsonNode metadata) {
    if (!type.namespaced()) {
      return;
    }
    if (namespace == null) {
      throw ApiException.methodNotAllowed();
    }
    if (!metadata.path("namespace").asText(namespace).equals(namespace)) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    ResourceType namespaces = types.find("", "v1", "namespaces").orElseThrow();
    if (store.get(namespaces, "", namespace).isEmpty()) {
      throw ApiException.notFound(namespaces, namespace);
    }
  }

  private static String name(ResourceType type, ObjectNode metadata) {
    String name = metadata.path("name").asText("");
    String prefix = metadata.path("generateName").asText("");
    if (name.isEmpty() && !prefix.isEmpty()) {
      StringBuilder random = new StringBuilder(prefix);
      for (int i = 0; i < 5; i++) {
        random.append(RANDOM.charAt(ThreadLocalRandom.current().nextInt(RANDOM.length())));
      }
      name = random.toString();
      metadata.put("name", name);
    }
    if (name.isEmpty()) {
      throw ApiException.invalid(
          type,
          "",
          List.of(
              new Cause(
                  "FieldValueRequired",
                  "Required value: name or generateName is required",
                  "metadata.name")));
    }
    Pattern form = type.group().startsWith("rbac") ? ROLE_NAME : NAME;
    if (name.length() > LONGEST_NAME || !form.matcher(name).matches()) {
      throw ApiException.invalid(
          type,
          name,
          List.of(
              new Cause(
                  "FieldValueInvalid",
                  "Invalid value: \""
                      + name
                      + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                      + " characters, '-' or '.', and must start and end with an alphanumeric"
                      + " character",
                  "metadata.name")));
    }
    return name;
  }

  private static boolean isGone(ResourceType type, JsonNode object) {
    return Metadata.isMarkedDeleted(object)
        && !Metadata.hasFinalizers(object)
        && Deletions.isFinished(type, object);
  }

  /** Serves what a CRD defines. */
  private void learn(ResourceType type, JsonNode object) {
    if (type.kind().equals("CustomResourceDefinition")) {
      types.define(object);
    }
  }
}
