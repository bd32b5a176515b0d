package dev.lettershop.collector.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lettershop.store.database.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  private final List<String> applied = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  private Spool spool() {
    Spool spool = new Spool(folder, 10_000);
    spool.register("u", this::apply);
    return spool;
  }

  private void apply(byte[] entry) {
    if (away) {
      throw new StoreException(StoreException.Kind.Unreachable, "away");
    }
    applied.add(new String(entry, StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void entriesAreAppliedInTheirOrderWhenTheDatabaseIsBack() {
    away = true;
    try (Spool spool = spool()) {
      spool.start();
      spool.append("u", bytes("one"));
      spool.append("u", bytes("two"));
      assertThat(applied).isEmpty();
      away = false;
      await().atMost(20, SECONDS).until(() -> spool.bytes() == 0);
    }
    assertThat(applied).containsExactly("one", "two");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessHasLeftIsAppliedByTheNext() {
    away = true;
    // Never closed, as if it were killed.
    spool().append("u", bytes("left"));
    away = false;

    try (Spool next = spool()) {
      next.start();
      next.append("u", bytes("new"));
      await().atMost(20, SECONDS).until(() -> next.bytes() == 0);
    }
    assertThat(applied).containsExactly("left", "new");
  }

  @Test
  void anEntryThatIsCutOffIsLeftOutAndTheRestIsNot() throws IOException {
    Spool killed = spool();
    killed.append("u", bytes("whole"));
    killed.append("u", bytes("cut off"));
    Path file;
    try (var files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] all = Files.readAllBytes(file);
    Files.write(
        file, java.util.Arrays.copyOf(all, all.length - 3), StandardOpenOption.TRUNCATE_EXISTING);

    try (Spool next = spool()) {
      next.start();
      await().atMost(20, SECONDS).until(() -> next.bytes() == 0);
    }
    assertThat(applied).containsExactly("whole");
  }

  @Test
  void aFullSpoolRefuses() {
    try (Spool spool = new Spool(folder, 100)) {
      spool.append("u", new byte[50]);
      assertThatThrownBy(() -> spool.append("u", new byte[50]))
          .isInstanceOf(SpoolFullException.class);
      spool.start();
    }
  }
}
