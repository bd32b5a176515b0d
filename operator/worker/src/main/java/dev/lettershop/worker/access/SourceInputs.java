package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.source.FileSource;
import dev.lettershop.source.read.InputOpener;
import java.nio.file.NoSuchFileException;

/** Where the files of sources are. */
@FunctionalInterface
public interface SourceInputs {
  /** How to open the file of one source. */
  InputOpener of(String source, FileSource file);

  /** How to open the tables of values of one source, by {@code <ConfigMap>/<key>}. */
  default InputOpener tables(String source) {
    return path -> {
      throw new NoSuchFileException(path);
    };
  }
}
