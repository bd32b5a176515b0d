package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.Metadata;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Deletes what has lost its owners, and finishes deletions that ask for it: in the foreground,
 * where the owner goes last, and those that leave orphans. Works on the store itself and not
 * through the API, so that it need not keep a copy of everything.
 */
final class GarbageCollector implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GarbageCollector.class.getName());
  private static final ObjectWrites.Options PLAIN = new ObjectWrites.Options(false, true);

  private final ObjectStore store;
  private final ObjectWrites writes;
  private final Deletions deletions;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "garbage-collector");
            thread.setDaemon(true);
            return thread;
          });

  /** All there is, by uid; touched by the worker alone, like all below. */
  private final Map<String, Known> known = new HashMap<>();

  /** The uids of the objects that name an owner, by the owner's uid. */
  private final Map<String, Set<String>> dependents = new HashMap<>();

  private record Known(ResourceType type, StoredObject object) {}

  GarbageCollector(ObjectStore store, ObjectWrites writes, Deletions deletions) {
    this.store = store;
    this.writes = writes;
    this.deletions = deletions;
  }

  /** Minds the objects of a kind from now on. */
  void mind(ResourceType type) {
    store.watch(
        type,
        null,
        any -> true,
        event -> later(() -> seen(type, event.type().equals("DELETED"), event.object())));
  }

  private void later(Runnable work) {
    try {
      worker.execute(
          () -> {
            try {
              work.run();
            } catch (ApiException e) {
              LOG.log(Level.FINE, "Overtaken", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "Closed", e);
    }
  }

  private void seen(ResourceType type, boolean gone, StoredObject object) {
    String uid = uid(object);
    Known before = gone ? known.remove(uid) : known.put(uid, new Known(type, object));
    if (before != null) {
      owners(before.object())
          .forEach(owner -> dependents.getOrDefault(owner, new HashSet<>()).remove(uid));
    }
    if (gone) {
      Set<String> left = dependents.remove(uid);
      if (left != null) {
        List.copyOf(left).forEach(this::collect);
      }
      if (before != null) {
        owners(before.object()).forEach(this::finishDeletion);
      }
    } else {
      owners(object)
          .forEach(owner -> dependents.computeIfAbsent(owner, any -> new HashSet<>()).add(uid));
      collect(uid);
      finishDeletion(uid);
    }
  }

  /** Deletes an object that names owners of which none is there. */
  private void collect(String uid) {
    Known object = known.get(uid);
    if (object == null || Metadata.isMarkedDeleted(object.object().json())) {
      return;
    }
    List<String> owners = owners(object.object());
    if (!owners.isEmpty() && owners.stream().noneMatch(owner -> isOwner(owner, object))) {
      delete(object, "Background");
    }
  }

  private boolean isOwner(String owner, Known object) {
    Known is = known.get(owner);
    return is != null
        && (is.object().namespace().isEmpty()
            || is.object().namespace().equals(object.object().namespace()));
  }

  /** Does for an object that is to be deleted what its finalizers of ours stand for. */
  private void finishDeletion(String uid) {
    Known owner = known.get(uid);
    if (owner == null || !Metadata.isMarkedDeleted(owner.object().json())) {
      return;
    }
    if (hasFinalizer(owner, Deletions.ORPHAN)) {
      known(dependents.get(uid)).forEach(dependent -> disown(dependent, uid));
      release(owner, Deletions.ORPHAN);
    } else if (hasFinalizer(owner, Deletions.FOREGROUND)) {
      List<Known> left = known(dependents.get(uid));
      left.stream()
          .filter(dependent -> !Metadata.isMarkedDeleted(dependent.object().json()))
          .forEach(
              dependent -> delete(dependent, blocks(dependent, uid) ? "Foreground" : "Background"));
      if (left.stream().noneMatch(dependent -> blocks(dependent, uid))) {
        release(owner, Deletions.FOREGROUND);
      }
    }
  }

  private List<Known> known(Set<String> uids) {
    return uids == null
        ? List.of()
        : uids.stream().filter(known::containsKey).map(known::get).toList();
  }

  private void delete(Known object, String policy) {
    deletions.delete(
        object.type(),
        object.object().namespace(),
        object.object().name(),
        new Deletions.Options(policy, null, uid(object.object()), "", false));
  }

  private void disown(Known dependent, String owner) {
    change(dependent, "ownerReferences", item -> item.path("uid").asText().equals(owner));
  }

  private void release(Known owner, String finalizer) {
    change(owner, "finalizers", item -> item.asText().equals(finalizer));
  }

  /** Removes items of a list in the metadata. */
  private void change(Known object, String list, java.util.function.Predicate<JsonNode> unwanted) {
    ResourceType type = object.type();
    StoredObject is = object.object();
    RequestPath path =
        new RequestPath(
            type.group(), type.version(), is.namespace(), type.plural(), is.name(), null);
    writes.change(
        type,
        path,
        null,
        PLAIN,
        before -> {
          ObjectNode next = before.deepCopy();
          if (next.at("/metadata/" + list) instanceof ArrayNode items) {
            for (int i = items.size() - 1; i >= 0; i--) {
              if (unwanted.test(items.get(i))) {
                items.remove(i);
              }
            }
          }
          return next;
        });
  }

  private static boolean hasFinalizer(Known object, String finalizer) {
    for (JsonNode one : object.object().json().at("/metadata/finalizers")) {
      if (one.asText().equals(finalizer)) {
        return true;
      }
    }
    return false;
  }

  private static boolean blocks(Known dependent, String owner) {
    for (JsonNode reference : dependent.object().json().at("/metadata/ownerReferences")) {
      if (reference.path("uid").asText().equals(owner)) {
        return reference.path("blockOwnerDeletion").asBoolean();
      }
    }
    return false;
  }

  private static List<String> owners(StoredObject object) {
    return object.json().at("/metadata/ownerReferences").findValuesAsText("uid");
  }

  private static String uid(StoredObject object) {
    return object.json().at("/metadata/uid").asText();
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warning("The garbage collector does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
