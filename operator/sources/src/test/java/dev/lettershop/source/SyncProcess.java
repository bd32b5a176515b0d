package dev.lettershop.source;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sync in a process of its own, so that it can be killed. */
final class SyncProcess {
  static final int PORTION = 400;

  private SyncProcess() {}

  /** Arguments: port and name of the store's database, a file with the source, and secrets. */
  public static void main(String[] arguments) throws Exception {
    try (Store store =
        Store.open(
            new StoreSettings(
                "localhost",
                Integer.parseInt(arguments[0]),
                arguments[1],
                "postgres",
                null,
                TlsMode.Disable,
                null,
                2))) {
      String yaml = Files.readString(Path.of(arguments[2]));
      Map<String, String> secrets = new HashMap<>();
      for (int i = 3; i < arguments.length; i += 2) {
        secrets.put(arguments[i], arguments[i + 1]);
      }
      PulledSource.of(yaml, secrets)
          .sync(
              store,
              PORTION,
              (source, records, rejected) -> {
                System.out.println(records);
                System.out.flush();
              });
    }
  }

  /**
   * Starts a sync and kills it when it has told so often how far it is; whether it was still
   * running then.
   */
  static boolean killAfter(int lines, TestDatabase store, String yaml, Map<String, String> secrets)
      throws IOException, InterruptedException {
    Path source = Files.createTempFile("source", ".yaml");
    Files.writeString(source, yaml);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SyncProcess.class.getName(),
                Integer.toString(store.port()),
                store.name(),
                source.toString()));
    secrets.forEach((secret, value) -> command.addAll(List.of(secret, value)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int told = 0;
      while (told < lines && out.readLine() != null) {
        told++;
      }
      boolean alive = process.isAlive();
      process.destroyForcibly().waitFor();
      return alive;
    } finally {
      Files.delete(source);
    }
  }
}
