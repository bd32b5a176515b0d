package dev.lettershop.source.read;

import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** A file that is in none of the folders that stand in for its volume. */
public final class AbsentFileException extends NoSuchFileException {
  private static final long serialVersionUID = 1L;

  private final String nearest;
  private final boolean beside;

  AbsentFileException(String message, Optional<String> nearest, boolean beside) {
    super(message);
    this.nearest = nearest.orElse(null);
    this.beside = beside;
  }

  /** A file that is there and nearly called so. */
  public Optional<String> nearest() {
    return Optional.ofNullable(nearest);
  }

  /** Whether the folder that its path names is there, so that the file should be in it. */
  public boolean isMissing() {
    return beside;
  }
}
