package dev.lettershop.collector.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.collector.TestSpool;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  private final List<String> applied = new CopyOnWriteArrayList<>();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private volatile boolean away;

  private Spool spool() {
    return spool(10_000, TestSpool.TIMING);
  }

  private Spool spool(long most, Spool.Timing timing) {
    return spool(most, timing, Vault.NONE);
  }

  private Spool spool(long most, Spool.Timing timing, Vault vault) {
    Spool spool = new Spool(folder, most, vault, timing, registry);
    spool.register("u", this::apply);
    return spool;
  }

  private void apply(List<byte[]> records) {
    if (away) {
      throw new StoreException(StoreException.Kind.Unreachable, "away");
    }
    List<String> texts = records.stream().map(r -> new String(r, StandardCharsets.UTF_8)).toList();
    if (texts.stream().anyMatch(broken::contains)) {
      throw new StoreException(StoreException.Kind.Failed, "broken");
    }
    applied.addAll(texts);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void awaitEmpty(Spool spool) {
    await().atMost(60, SECONDS).until(() -> spool.bytes() == 0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void whileTheDatabaseAnswersNothingGoesToTheDisk() throws IOException {
    try (Spool spool = spool()) {
      spool.start();
      assertThat(spool.keep("u", bytes("one"))).isTrue();
    }
    assertThat(applied).containsExactly("one");
    assertThat(files()).isEmpty();
  }

  @Test
  void recordsAreAppliedInTheirOrderWhenTheDatabaseIsBack() {
    away = true;
    try (Spool spool = spool()) {
      spool.start();
      assertThat(spool.keep("u", bytes("one"))).isFalse();
      assertThat(spool.keep("u", List.of(bytes("two"), bytes("three")))).isFalse();
      assertThat(applied).isEmpty();
      assertThat(spool.isAway()).isTrue();
      away = false;
      awaitEmpty(spool);
      await().atMost(60, SECONDS).until(() -> !spool.isAway());
      assertThat(spool.keep("u", bytes("four"))).isTrue();
    }
    assertThat(applied).containsExactly("one", "two", "three", "four");
    assertThat(folder).isEmptyDirectory();
    assertThat(
            registry
                .get("lettershop.collector.spool.records")
                .tags("kind", "u", "outcome", "applied")
                .counter()
                .count())
        .isEqualTo(3);
  }

  @Test
  void aDatabaseThatDoesNotAnswerInTimeKeepsNobodyWaiting() {
    CountDownLatch stuck = new CountDownLatch(1);
    try (Spool spool =
        new Spool(
            folder,
            10_000,
            Vault.NONE,
            new Spool.Timing(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ZERO),
            registry)) {
      spool.register("u", records -> awaitQuietly(stuck));
      assertThat(spool.keep("u", bytes("slow"))).isFalse();
      stuck.countDown();
      spool.start();
      awaitEmpty(spool);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatAKilledProcessHasLeftIsAppliedByTheNext() {
    away = true;
    // Never closed, as if it were killed.
    spool().keep("u", bytes("left"));
    away = false;

    try (Spool next = spool()) {
      assertThat(next.keep("u", bytes("new"))).as("behind what waits").isFalse();
      next.start();
      awaitEmpty(next);
    }
    assertThat(applied).containsExactly("left", "new");
  }

  @Test
  void aRecordThatIsCutOffIsLeftOutAndTheRestIsNot() throws IOException {
    away = true;
    Spool killed = spool();
    killed.keep("u", bytes("whole"));
    killed.keep("u", bytes("cut off"));
    away = false;
    Path file = files().get(0);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - 3));

    try (Spool next = spool()) {
      next.start();
      awaitEmpty(next);
    }
    assertThat(applied).containsExactly("whole");
  }

  @Test
  void aRecordThatCanNeverBeAppliedIsSetAsideAndHoldsUpNobody() throws IOException {
    away = true;
    broken.add("two");
    try (Spool spool = spool()) {
      spool.keep("u", List.of(bytes("one"), bytes("two"), bytes("three")));
      away = false;
      spool.start();
      awaitEmpty(spool);
      assertThatThrownBy(() -> spool.keep("u", bytes("two")))
          .as("nothing is promised to who can be told")
          .isInstanceOf(StoreException.class);
    }
    assertThat(applied).containsExactly("one", "three");
    assertThat(SpoolSegment.read(folder.resolve("rejected")))
        .extracting(entry -> new String(entry.content(), StandardCharsets.UTF_8))
        .containsExactly("two");
  }

  @Test
  void aFullSpoolRefuses() {
    away = true;
    try (Spool spool = spool(100, TestSpool.TIMING)) {
      spool.keep("u", new byte[50]);
      assertThatThrownBy(() -> spool.keep("u", new byte[50]))
          .isInstanceOf(SpoolFullException.class);
      away = false;
      spool.start();
      awaitEmpty(spool);
      await().atMost(60, SECONDS).until(() -> !spool.isAway());
      assertThat(spool.keep("u", bytes("room again"))).isTrue();
    }
  }

  @Test
  void manyAtOnceLoseNothingOverManyFiles() throws Exception {
    away = true;
    String padding = "x".repeat(10_000);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Spool spool = spool(1 << 24, TestSpool.TIMING)) {
      List<Future<?>> kept = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        byte[] record = bytes(i + padding);
        kept.add(threads.submit(() -> spool.keep("u", record)));
      }
      spool.start();
      for (Future<?> each : kept) {
        each.get(60, SECONDS);
      }
      assertThat(files()).hasSizeGreaterThan(2);
      away = false;
      awaitEmpty(spool);
    } finally {
      threads.shutdownNow();
    }
    assertThat(applied)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 400).mapToObj(i -> i + padding).toList());
  }

  @Test
  void closingTriesForAMomentToApplyWhatWaits() {
    away = true;
    try (Spool spool =
        spool(
            10_000,
            new Spool.Timing(
                Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofSeconds(60)))) {
      spool.start();
      spool.keep("u", bytes("late"));
      away = false;
    }
    assertThat(applied).containsExactly("late");
  }

  @Test
  void whatIsOnTheDiskIsEncryptedWhereTheStoreIs() throws IOException {
    Vault vault =
        Vault.of(
            ProfileSchema.of(
                List.of(new Attribute("surname", AttributeType.String, true)), List.of(), true),
            Keyset.generate()::toJson);
    away = true;
    try (Spool spool = spool(10_000, TestSpool.TIMING, vault)) {
      spool.keep("u", bytes("ada@example.com"));
      assertThat(new String(Files.readAllBytes(files().get(0)), StandardCharsets.ISO_8859_1))
          .doesNotContain("ada");
      away = false;
      spool.start();
      awaitEmpty(spool);
    }
    assertThat(applied).containsExactly("ada@example.com");
  }
}
