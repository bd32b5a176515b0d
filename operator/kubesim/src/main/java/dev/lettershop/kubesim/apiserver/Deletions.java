package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.Metadata;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.ResourceTypes;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Deletes objects: at once, or marked for deletion while somebody has to do something before, which
 * are finalizers, the garbage collector, and for a running Pod whoever runs it.
 */
final class Deletions {
  /** Finalizer of an owner that goes after what it owns. */
  static final String FOREGROUND = "foregroundDeletion";

  /** Finalizer of an owner that leaves behind what it owned. */
  static final String ORPHAN = "orphan";

  private final ObjectStore store;
  private final ResourceTypes types;
  private final Clock clock;

  Deletions(ObjectStore store, ResourceTypes types, Clock clock) {
    this.store = store;
    this.types = types;
    this.clock = clock;
  }

  /**
   * How a deletion is meant: the body of the request, and its query.
   *
   * @param policy {@code Background}, {@code Foreground}, {@code Orphan}, or empty
   * @param grace seconds, or null for what the object says
   * @param uid which the object must have, or empty
   * @param version which the object must have, or empty
   */
  record Options(String policy, Long grace, String uid, String version, boolean dryRun) {

    static Options of(JsonNode body, String policy, String grace, boolean dryRun) {
      String wanted = policy == null ? body.path("propagationPolicy").asText("") : policy;
      if (body.path("orphanDependents").asBoolean()) {
        wanted = "Orphan";
      }
      Long seconds =
          grace != null
              ? Long.valueOf(grace)
              : body.hasNonNull("gracePeriodSeconds")
                  ? Long.valueOf(body.get("gracePeriodSeconds").asLong())
                  : null;
      return new Options(
          wanted,
          seconds,
          body.at("/preconditions/uid").asText(""),
          body.at("/preconditions/resourceVersion").asText(""),
          dryRun || body.at("/dryRun/0").asText().equals("All"));
    }
  }

  /**
   * @return the object as it is now or was last
   */
  Optional<StoredObject> delete(ResourceType type, String namespace, String name, Options options) {
    while (true) {
      StoredObject current =
          store.get(type, namespace, name).orElseThrow(() -> ApiException.notFound(type, name));
      check(type, current, options);
      if (options.dryRun()) {
        return Optional.of(current);
      }
      ObjectNode next = current.json().deepCopy();
      long grace = grace(type, next, options.grace());
      Metadata.markDeleted(type, next, grace, clock);
      finalizer(type, next, options.policy());
      if (!Metadata.hasFinalizers(next) && grace == 0) {
        if (store.remove(type, current)) {
          forget(type, current);
          return Optional.empty();
        }
      } else {
        if (Metadata.same(next, current.json())) {
          return Optional.of(current);
        }
        Optional<StoredObject> stored = store.replace(type, current, next);
        if (stored.isPresent()) {
          return stored;
        }
      }
    }
  }

  void deleteAll(ResourceType type, Predicate<StoredObject> wanted, Options options) {
    for (StoredObject object : store.list(type, wanted).objects()) {
      try {
        delete(type, object.namespace(), object.name(), options);
      } catch (ApiException e) {
        if (e.code() != 404) {
          throw e;
        }
      }
    }
  }

  /** Whether nothing runs that would have to end before the object may go. */
  static boolean isFinished(ResourceType type, JsonNode object) {
    return !type.kind().equals("Pod")
        || object.at("/metadata/deletionGracePeriodSeconds").asLong() == 0
        || !isRunning(object);
  }

  private static boolean isRunning(JsonNode pod) {
    return pod.at("/status/phase").asText().equals("Running");
  }

  private static long grace(ResourceType type, JsonNode object, Long wanted) {
    if (!type.kind().equals("Pod") || !isRunning(object)) {
      return 0;
    }
    return wanted != null ? wanted : object.at("/spec/terminationGracePeriodSeconds").asLong(30);
  }

  private static void finalizer(ResourceType type, ObjectNode object, String policy) {
    ObjectNode metadata = (ObjectNode) object.get("metadata");
    // Of Jobs the API server says so itself: whoever names no policy leaves the Pods behind.
    String effective = policy.isEmpty() && type.kind().equals("Job") ? "Orphan" : policy;
    ArrayNode finalizers = metadata.withArray("finalizers");
    for (int i = finalizers.size() - 1; i >= 0; i--) {
      if (finalizers.get(i).asText().equals(FOREGROUND)
          || finalizers.get(i).asText().equals(ORPHAN)) {
        finalizers.remove(i);
      }
    }
    switch (effective) {
      case "Foreground" -> finalizers.add(FOREGROUND);
      case "Orphan" -> finalizers.add(ORPHAN);
      default -> {}
    }
    if (finalizers.isEmpty()) {
      metadata.remove("finalizers");
    }
  }

  private static void check(ResourceType type, StoredObject current, Options options) {
    String uid = current.json().at("/metadata/uid").asText();
    if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
      throw ApiException.conflict(
          type,
          current.name(),
          "Precondition failed: UID in precondition: "
              + options.uid()
              + ", UID in object meta: "
              + uid);
    }
    if (!options.version().isEmpty()
        && !options.version().equals(Long.toString(current.version()))) {
      throw ApiException.conflict(
          type,
          current.name(),
          "Precondition failed: ResourceVersion in precondition: "
              + options.version()
              + ", ResourceVersion in object meta: "
              + current.version());
    }
  }

  /** What goes with an object. */
  private void forget(ResourceType type, StoredObject gone) {
    Options all = new Options("Background", 0L, "", "", false);
    if (type.kind().equals("CustomResourceDefinition")) {
      ResourceType defined = ResourceType.of(gone.json());
      types.undefine(gone.json());
      deleteAll(defined, any -> true, all);
    } else if (type.kind().equals("Namespace")) {
      for (ResourceType other : types.all()) {
        if (other.namespaced()) {
          deleteAll(other, object -> object.namespace().equals(gone.name()), all);
        }
      }
    }
  }
}
