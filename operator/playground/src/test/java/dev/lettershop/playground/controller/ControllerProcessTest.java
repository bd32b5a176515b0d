package dev.lettershop.playground.controller;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerProcessTest {
  @TempDir private Path folder;

  @Test
  void saysWhyAControllerThatEndsIsNotReady() throws IOException {
    Path noJar = Files.writeString(folder.resolve("quarkus-run.jar"), "not a jar");

    try (ControllerProcess controller = start(noJar)) {
      assertThatIOException()
          .isThrownBy(() -> controller.awaitReady(Duration.ofSeconds(30)))
          .withMessageContaining("the controller ended with 1")
          .withMessageContaining("controller.log")
          .withMessageContaining("jarfile");
    }
  }

  @Test
  void saysWhichControllerThereIsNot() {
    assertThatIOException()
        .isThrownBy(() -> start(folder.resolve("nowhere.jar")))
        .withMessageContaining("nowhere.jar");
  }

  private ControllerProcess start(Path jar) throws IOException {
    return ControllerProcess.start(
        jar, folder.resolve("kubeconfig"), folder.resolve("controller.log"), Map.of());
  }
}
