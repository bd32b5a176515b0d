package dev.lettershop.source.read;

import java.io.IOException;
import java.io.InputStream;

/** Finds a source's file: in a mounted volume, in a folder next to the resources, or in a test. */
@FunctionalInterface
public interface InputOpener {
  /**
   * Opens a file for reading from its start. The caller closes the stream.
   *
   * @param path as it stands in {@code spec.file.path}
   * @throws java.nio.file.NoSuchFileException when there is no such file
   * @throws IOException when it is there and cannot be read
   */
  InputStream open(String path) throws IOException;
}
