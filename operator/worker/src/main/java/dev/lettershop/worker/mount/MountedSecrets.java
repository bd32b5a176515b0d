package dev.lettershop.worker.mount;

import dev.lettershop.worker.RunException;
import dev.lettershop.worker.access.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secrets as files: {@code <folder>/<Secret>/<key>}. Each call reads the file again, so that a
 * rotated Secret is seen. Thread-safe.
 */
public final class MountedSecrets implements Secrets {
  /** What Kubernetes lets names and keys consist of; nothing that leads out of the folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private final Path folder;

  public MountedSecrets(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> get(String name, String key) {
    if (!NAME.matcher(name).matches() || !NAME.matcher(key).matches()) {
      return Optional.empty();
    }
    try {
      Path file = folder.resolve(name).resolve(key);
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw RunException.retry(
          "The key \""
              + key
              + "\" of Secret/"
              + name
              + " is mounted at "
              + folder
              + ", but cannot be read ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    }
  }

  @Override
  public String remedy() {
    return "it has to be mounted at " + folder + "/<Secret>/<key>; add the key to the Secret";
  }
}
