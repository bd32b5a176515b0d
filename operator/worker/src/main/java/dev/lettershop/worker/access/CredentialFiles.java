package dev.lettershop.worker.access;

import dev.lettershop.worker.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files, readable by their owner alone, for what a driver takes only from a file. */
public final class CredentialFiles implements AutoCloseable {
  private final List<Path> files = new ArrayList<>();

  Path write(String name, String content) {
    try {
      Path file = Files.createTempFile("lettershop-" + name + "-", ".pem");
      files.add(file);
      return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw RunException.retry(
          "Cannot write a temporary file for "
              + name
              + " in "
              + System.getProperty("java.io.tmpdir")
              + " ("
              + e.getClass().getSimpleName()
              + "); is there room, and may this user write?",
          e);
    }
  }

  @Override
  public void close() {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
