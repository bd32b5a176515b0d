package dev.lettershop.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All objects of one kind in the watched namespaces, as far as the cluster has told. Thread-safe.
 */
public final class WatchedObjects<T extends HasMetadata> {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedObjects.class);
  private static final String INDEX = "owner";

  private final String kind;
  private final List<SharedIndexInformer<T>> informers;
  private final Map<SharedIndexInformer<T>, WatchTrouble> troubles = new ConcurrentHashMap<>();
  private final List<Change<? super T>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param informers one a namespace, or one for all; not yet running
   * @param strip removes from an object what is not to be kept
   * @param index keys under which {@link #by} finds an object, within its namespace
   */
  WatchedObjects(
      Class<T> type,
      List<SharedIndexInformer<T>> informers,
      Consumer<T> strip,
      Function<T, List<String>> index) {
    this.kind = type.getSimpleName();
    this.informers = List.copyOf(informers);
    for (SharedIndexInformer<T> informer : informers) {
      informer
          .itemStore(new LeanItemStore<>(strip))
          .addIndexers(
              Map.of(
                  INDEX,
                  object ->
                      index.apply(object).stream()
                          .map(key -> object.getMetadata().getNamespace() + "/" + key)
                          .toList()))
          .exceptionHandler(
              (started, failure) -> {
                note(informer, WatchTrouble.of(failure));
                return true;
              })
          .addEventHandler(new Announcer());
    }
  }

  /** One line for each trouble, however often it is tried again. */
  private void note(SharedIndexInformer<T> informer, WatchTrouble trouble) {
    WatchTrouble before = troubles.put(informer, trouble);
    if (!trouble.equals(before)) {
      LOG.warn("Watching {} fails, and is tried again and again: {}", kind, trouble.message());
    }
  }

  /** What keeps the cache from following the cluster at present. */
  Set<WatchTrouble> troubles() {
    troubles.keySet().removeIf(SharedIndexInformer::isWatching);
    return Set.copyOf(troubles.values());
  }

  /** To be called before {@link #start}. */
  public void onChange(Change<? super T> listener) {
    listeners.add(listener);
  }

  public Optional<T> get(String namespace, String name) {
    String key = Cache.namespaceKeyFunc(namespace, name);
    return informers.stream()
        .map(informer -> informer.getStore().getByKey(key))
        .filter(java.util.Objects::nonNull)
        .findFirst();
  }

  /** All of a namespace, in no particular order. */
  public List<T> in(String namespace) {
    return found(Cache.NAMESPACE_INDEX, namespace);
  }

  /** All of a namespace that the index lists under a key, in no particular order. */
  public List<T> by(String namespace, String key) {
    return found(INDEX, namespace + "/" + key);
  }

  /** All of all namespaces, in no particular order. */
  public List<T> all() {
    List<T> all = new ArrayList<>();
    informers.forEach(informer -> all.addAll(informer.getStore().list()));
    return all;
  }

  private List<T> found(String index, String key) {
    List<T> found = new ArrayList<>();
    informers.forEach(informer -> found.addAll(informer.getIndexer().byIndex(index, key)));
    return found;
  }

  List<CompletionStage<Void>> start() {
    return informers.stream().map(SharedIndexInformer::start).toList();
  }

  void stop() {
    informers.forEach(SharedIndexInformer::stop);
  }

  /** Whether the cache shows all that there was when it started. */
  public boolean isSynced() {
    return informers.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  /**
   * Whether the cache no longer follows the cluster though the API server is there and lets it; an
   * interrupted watch is taken up again.
   */
  public boolean isStopped() {
    return !informers.stream().allMatch(SharedIndexInformer::isRunning)
        || troubles().stream().anyMatch(WatchTrouble::ours);
  }

  public String kind() {
    return kind;
  }

  private void announce(T before, T after) {
    for (Change<? super T> listener : listeners) {
      try {
        listener.happened(before, after);
      } catch (RuntimeException | Error e) {
        LOG.error("A change of a {} was not passed on", kind, e);
      }
    }
  }

  private final class Announcer implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      announce(null, object);
    }

    @Override
    public void onUpdate(T before, T after) {
      announce(before, after);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
      announce(object, null);
    }
  }
}
