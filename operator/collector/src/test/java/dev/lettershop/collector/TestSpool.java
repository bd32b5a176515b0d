package dev.lettershop.collector;

import dev.lettershop.collector.spool.Spool;
import dev.lettershop.store.encryption.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Makes spools in folders of their own, which wait long for a busy database. */
public final class TestSpool {
  public static final Spool.Timing TIMING =
      new Spool.Timing(Duration.ofSeconds(60), Duration.ofMillis(50), Duration.ZERO);

  private TestSpool() {}

  /** One that is not started. */
  public static Spool make() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "spool-");
      return new Spool(folder, 1 << 20, Vault.NONE, TIMING, new SimpleMeterRegistry());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
