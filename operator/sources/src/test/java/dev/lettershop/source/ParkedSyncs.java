package dev.lettershop.source;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Syncs that stand still in the middle of reading, in a process that is then killed. */
final class ParkedSyncs {
  static final int PORTION = 400;
  private static final String PARKED = "parked ";

  private ParkedSyncs() {}

  /**
   * A sync.
   *
   * @param reports it stands still when it has told so often how far it is
   */
  record Sync(String name, String yaml, Map<String, String> secrets, int reports) {}

  /** Arguments: port and name of the store's database, and a file with the syncs as JSON. */
  public static void main(String[] arguments) throws Exception {
    StoreSettings settings =
        new StoreSettings(
            "localhost",
            Integer.parseInt(arguments[0]),
            arguments[1],
            "postgres",
            null,
            TlsMode.Disable,
            null,
            16);
    List<Sync> syncs =
        new ObjectMapper().readValue(Path.of(arguments[2]).toFile(), new TypeReference<>() {});
    Store store = Store.open(settings);
    for (Sync sync : syncs) {
      CountDownLatch standsStill = new CountDownLatch(1);
      Thread thread = new Thread(() -> run(sync, store, standsStill), sync.name());
      thread.start();
      standsStill.await();
      System.out.println(PARKED + sync.name());
      System.out.flush();
    }
    new CountDownLatch(1).await();
  }

  private static void run(Sync sync, Store store, CountDownLatch standsStill) {
    int[] told = {0};
    try {
      PulledSource.of(sync.yaml(), sync.secrets())
          .sync(
              sync.name(),
              store,
              PORTION,
              (source, records, rejected) -> {
                if (++told[0] == sync.reports()) {
                  standsStill.countDown();
                  stand();
                }
              });
      throw new IllegalStateException(sync.name() + " has come to its end");
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void stand() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills all of them while they stand; says which of them did. */
  static List<String> kill(TestDatabase store, List<Sync> syncs)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("syncs", ".json");
    new ObjectMapper().writeValue(file.toFile(), syncs);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ParkedSyncs.class.getName(),
                Integer.toString(store.port()),
                store.name(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    List<String> out = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        out.add(line);
        if (line.equals(PARKED + syncs.get(syncs.size() - 1).name())) {
          break;
        }
        line = lines.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("A sync ended: " + out);
      }
    } finally {
      process.destroyForcibly().waitFor();
      Files.delete(file);
    }
    return out.stream()
        .filter(line -> line.startsWith(PARKED))
        .map(line -> line.substring(PARKED.length()))
        .toList();
  }
}
