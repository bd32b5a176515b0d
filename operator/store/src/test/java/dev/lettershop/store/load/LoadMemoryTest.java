package dev.lettershop.store.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadMemoryTest {

  private static final int ROWS = 100_000;
  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(List.of(new Attribute("note", AttributeType.String, false)), List.of());

  @Test
  void memoryDoesNotGrowWithTheRows() throws Exception {
    StoreSettings settings = TestServer.newDatabase();

    // The rows are some 100 MB of text; the heap is half of that, with a third of it for the
    // filter of values seen.
    Process loader =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Loader.class.getName(),
                String.valueOf(settings.port()),
                settings.database())
            .inheritIO()
            .start();

    assertThat(loader.waitFor(600, TimeUnit.SECONDS)).isTrue();
    assertThat(loader.exitValue()).isZero();
    try (StoreTables tables = new StoreTables(settings)) {
      assertThat(tables.count("select count(*) from profile")).isEqualTo(ROWS * 9 / 10);
      assertThat(tables.count("select count(*) from quarantine")).isEqualTo(ROWS / 10);
    }
  }

  /** The process whose memory is small. */
  public static final class Loader {
    public static void main(String[] args) {
      StoreSettings settings =
          new StoreSettings(
              "localhost",
              Integer.parseInt(args[0]),
              args[1],
              "postgres",
              null,
              TlsMode.Disable,
              null,
              2);
      String note = "x".repeat(1_000);
      try (Store store = Store.open(settings)) {
        store.migrate(SCHEMA);
        try (ProfileLoad load = store.loadProfiles("crm", SCHEMA, "id", List.of("email"))) {
          for (int i = 0; i < ROWS; i++) {
            if (i % 10 == 0) {
              load.quarantine("crm:" + i, "note", "is wrong", note);
            } else {
              load.add(
                  new LoadedProfile(
                      "crm:" + i,
                      "k" + i,
                      Map.of("email", "p" + i + "@example.com", "note", note),
                      Map.of()));
            }
          }
          load.commit();
        }
      }
    }
  }
}
