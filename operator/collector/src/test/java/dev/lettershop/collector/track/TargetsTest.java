package dev.lettershop.collector.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.hit.LinkTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
  private static final long ROOM = 1 << 20;
  private static final LinkTarget SALE =
      new LinkTarget(0, "sale", List.of("https://shop.example/sale?n=", "&x=ü"));

  @TempDir Path folder;

  private final Map<Long, List<LinkTarget>> stored = new HashMap<>();
  private boolean away;

  private Targets start() {
    return start(ROOM);
  }

  private Targets start(long most) {
    return new Targets(
        new Targets.Source() {
          @Override
          public List<LinkTarget> of(long runId) {
            return read().getOrDefault(runId, List.of());
          }

          @Override
          public Map<Long, List<LinkTarget>> ofLast(long seconds) {
            return read();
          }

          private Map<Long, List<LinkTarget>> read() {
            if (away) {
              throw new StoreException(StoreException.Kind.Unreachable, "away");
            }
            return stored;
          }
        },
        new TargetFolder(folder.resolve("links"), most),
        () -> 0);
  }

  private long files() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("links"))) {
      return files.count();
    }
  }

  @Test
  void whoStartsWhileTheDatabaseIsAwayKnowsWhatTheOneBeforeKnew() {
    stored.put(7L, List.of(SALE));
    start().refresh();
    stored.put(3L, List.of(new LinkTarget(4, "old", List.of("https://shop.example/"))));
    assertThat(start().load(3)).containsKey(4);
    away = true;

    Targets targets = start();
    targets.refresh();

    assertThat(targets.known(7)).containsExactly(Map.entry(0, SALE));
    assertThat(targets.known(3)).containsOnlyKeys(4);
    assertThat(targets.known(8)).isNull();
    assertThatThrownBy(() -> targets.load(8)).isInstanceOf(StoreException.class);
  }

  @Test
  void whatTheDatabaseSaysReplacesWhatIsOnTheDisk() {
    stored.put(7L, List.of(SALE));
    start().refresh();
    LinkTarget other = new LinkTarget(0, "sale", List.of("https://shop.example/other"));
    stored.put(7L, List.of(other));

    Targets targets = start();
    assertThat(targets.known(7)).containsExactly(Map.entry(0, SALE));
    targets.refresh();
    away = true;

    assertThat(targets.known(7)).containsExactly(Map.entry(0, other));
    assertThat(start().known(7)).containsExactly(Map.entry(0, other));
  }

  @Test
  void whatIsKnownIsNotWrittenAgain() throws Exception {
    stored.put(7L, List.of(SALE));
    Targets targets = start();
    targets.refresh();
    Path file = folder.resolve("links").resolve("7.json");
    FileTime longAgo = FileTime.from(1, TimeUnit.DAYS);
    Files.setLastModifiedTime(file, longAgo);

    targets.refresh();

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
  }

  @Test
  void filesThatAreCutOffAreLeftOut() throws Exception {
    stored.put(7L, List.of(SALE));
    stored.put(8L, List.of(SALE));
    start().refresh();
    Path file = folder.resolve("links").resolve("7.json");
    Files.writeString(file, Files.readString(file).substring(0, 20));
    Files.writeString(folder.resolve("links").resolve("x.json"), "[]");
    Files.writeString(folder.resolve("links").resolve("new"), "[{");
    away = true;

    Targets targets = start();

    assertThat(targets.known(7)).isNull();
    assertThat(targets.known(8)).isNotNull();
  }

  @Test
  void theOldestGoWhenThereIsNoMoreRoom() throws Exception {
    stored.put(1L, List.of(SALE));
    start(40 * 4096).refresh();
    Files.setLastModifiedTime(
        folder.resolve("links").resolve("1.json"), FileTime.from(1, TimeUnit.DAYS));
    for (long run = 2; run < 200; run++) {
      stored.put(run, List.of(SALE));
    }

    start(40 * 4096).refresh();

    assertThat(files()).isBetween(20L, 40L);
    assertThat(folder.resolve("links").resolve("1.json")).doesNotExist();
  }
}
