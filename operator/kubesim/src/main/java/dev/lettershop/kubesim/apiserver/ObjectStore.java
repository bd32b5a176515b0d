package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ApiException;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All objects, each in its newest version, and the latest changes for those who watch. Changes have
 * one order, which is that of the resource versions; everybody sees them in it. Thread-safe.
 */
final class ObjectStore {
  /** How many changes of a kind are kept for watches that start from an earlier version. */
  private static final int KEPT = 2_000;

  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final Object lock = new Object();
  private volatile long version = 1;

  private record Key(String namespace, String name) {}

  /** All of one kind. */
  private static final class Shelf {
    private final ConcurrentSkipListMap<Key, StoredObject> objects =
        new ConcurrentSkipListMap<>(Comparator.comparing(Key::namespace).thenComparing(Key::name));
    private final Deque<Change> changes = new ArrayDeque<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private long forgotten;
  }

  /** Either may be null, not both. */
  private record Change(StoredObject before, StoredObject after, long version) {}

  /**
   * What a watch is told.
   *
   * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
   */
  record Event(String type, StoredObject object) {}

  /** Objects that belong together, at one moment. */
  record Listing(List<StoredObject> objects, long version) {}

  /** Tells of changes until it is closed. */
  final class Watch implements AutoCloseable {
    private final ResourceType type;
    private final Predicate<StoredObject> wanted;
    private final Consumer<Event> sink;

    private Watch(ResourceType type, Predicate<StoredObject> wanted, Consumer<Event> sink) {
      this.type = type;
      this.wanted = wanted;
      this.sink = sink;
    }

    private void tell(Change change) {
      boolean before = change.before() != null && wanted.test(change.before());
      boolean after = change.after() != null && wanted.test(change.after());
      if (after) {
        sink.accept(new Event(before ? "MODIFIED" : "ADDED", change.after()));
      } else if (before) {
        sink.accept(new Event("DELETED", last(change)));
      }
    }

    /** As it was when it left, with the version of its leaving. */
    private static StoredObject last(Change change) {
      return StoredObject.of(change.before().json().deepCopy(), change.version());
    }

    @Override
    public void close() {
      shelf(type).watches.remove(this);
    }
  }

  /** The version of the newest change. */
  long version() {
    return version;
  }

  Optional<StoredObject> get(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(shelf(type).objects.get(new Key(namespace, name)));
  }

  Listing list(ResourceType type, Predicate<StoredObject> wanted) {
    List<StoredObject> all;
    long at;
    synchronized (lock) {
      all = new ArrayList<>(shelf(type).objects.values());
      at = version;
    }
    return new Listing(all.stream().filter(wanted).toList(), at);
  }

  /**
   * @return the object as stored; empty when there is one of that name
   */
  Optional<StoredObject> create(ResourceType type, ObjectNode json) {
    synchronized (lock) {
      StoredObject created = StoredObject.of(json, version + 1);
      if (shelf(type).objects.putIfAbsent(key(created), created) != null) {
        return Optional.empty();
      }
      announce(type, new Change(null, created, created.version()));
      return Optional.of(created);
    }
  }

  /**
   * @return the object as stored; empty when the current version is no longer current
   */
  Optional<StoredObject> replace(ResourceType type, StoredObject current, ObjectNode json) {
    synchronized (lock) {
      StoredObject next = StoredObject.of(json, version + 1);
      if (shelf(type).objects.get(key(current)) != current) {
        return Optional.empty();
      }
      shelf(type).objects.put(key(current), next);
      announce(type, new Change(current, next, next.version()));
      return Optional.of(next);
    }
  }

  /**
   * @return false when the current version is no longer current
   */
  boolean remove(ResourceType type, StoredObject current) {
    synchronized (lock) {
      if (shelf(type).objects.get(key(current)) != current) {
        return false;
      }
      shelf(type).objects.remove(key(current));
      announce(type, new Change(current, null, version + 1));
      return true;
    }
  }

  /**
   * Tells of all changes after a version.
   *
   * @param since null for all objects as they are, as additions, and the changes from then on
   * @param sink called in the order of the changes, while others wait: must be quick
   * @throws ApiException when the changes since then are no longer known
   */
  Watch watch(ResourceType type, Long since, Predicate<StoredObject> wanted, Consumer<Event> sink) {
    Watch watch = new Watch(type, wanted, sink);
    synchronized (lock) {
      Shelf shelf = shelf(type);
      if (since == null) {
        shelf.objects.values().stream()
            .filter(wanted)
            .forEach(object -> sink.accept(new Event("ADDED", object)));
      } else if (since < shelf.forgotten) {
        throw ApiException.expired(since, shelf.forgotten);
      } else {
        shelf.changes.stream().filter(c -> c.version() > since).forEach(watch::tell);
      }
      shelf.watches.add(watch);
    }
    return watch;
  }

  private void announce(ResourceType type, Change change) {
    version = change.version();
    Shelf shelf = shelf(type);
    shelf.changes.add(change);
    if (shelf.changes.size() > KEPT) {
      shelf.forgotten = shelf.changes.remove().version();
    }
    shelf.watches.forEach(watch -> watch.tell(change));
  }

  private Shelf shelf(ResourceType type) {
    return shelves.computeIfAbsent(type.qualified(), name -> new Shelf());
  }

  private static Key key(StoredObject object) {
    return new Key(object.namespace(), object.name());
  }
}
