package dev.lettershop.kubesim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Watches that begin while something happens, on a machine that is busy with other things: the
 * first change is often there before the client has come round to waiting for it.
 */
@Isolated("keeps the machine busy, which is no fault of other tests")
class WatchStressTest {
  private static final int WATCHERS = 8;
  private static final int HOGS = 4;

  private final InMemoryApiServer server = InMemoryApiServer.start();
  private final KubernetesClient client = server.newClient("stress");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean busy = new AtomicBoolean(true);

  @BeforeEach
  void keepTheMachineBusy() {
    for (int hog = 0; hog < HOGS; hog++) {
      threads.submit(
          () -> {
            long sum = 0;
            while (busy.get()) {
              sum += System.nanoTime() & 1;
            }
            return sum;
          });
    }
  }

  @AfterEach
  void stop() {
    busy.set(false);
    threads.shutdownNow();
    client.close();
    server.close();
  }

  @Test
  void noWatchMissesWhatHappenedSinceItsVersion() throws Exception {
    watchAgainAndAgain(3);
  }

  @Test
  @Tag("soak")
  void noWatchOfManyMissesWhatHappenedSinceItsVersion() throws Exception {
    watchAgainAndAgain(500);
  }

  private void watchAgainAndAgain(int rounds) throws Exception {
    List<Callable<Void>> watchers =
        IntStream.range(0, WATCHERS).mapToObj(w -> watching("w" + w, rounds)).toList();
    List<Future<Void>> ends = new ArrayList<>(threads.invokeAll(watchers));
    for (Future<Void> end : ends) {
      end.get();
    }
  }

  /** Each round: something has happened since a version, and goes on while the watch begins. */
  private Callable<Void> watching(String label, int rounds) {
    return () -> {
      for (int round = 0; round < rounds; round++) {
        String prefix = label + "-" + round + "-";
        ConfigMap first = create(label, prefix + 0);
        create(label, prefix + 1);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Watch watch = watch(label, first.getMetadata().getResourceVersion(), seen)) {
          create(label, prefix + 2);
          await("events of " + prefix).atMost(Duration.ofSeconds(60)).until(() -> seen.size() >= 2);
        }
        assertThat(seen).isEqualTo(Stream.of(1, 2).map(n -> prefix + n).toList());
      }
      return null;
    };
  }

  private ConfigMap create(String label, String name) {
    return client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("watcher", label)
                .endMetadata()
                .build())
        .create();
  }

  private Watch watch(String label, String since, List<String> seen) {
    return client
        .configMaps()
        .withLabel("watcher", label)
        .watch(
            new ListOptionsBuilder().withResourceVersion(since).build(),
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, ConfigMap map) {
                seen.add(map.getMetadata().getName());
              }

              @Override
              public void onClose(WatcherException cause) {
                seen.add("closed");
              }
            });
  }
}
