package dev.lettershop.worker;

import dev.lettershop.api.v1alpha1.FileSource;
import dev.lettershop.source.InputOpener;

/** Where the files of sources are. */
@FunctionalInterface
public interface SourceInputs {
  /** How to open the file of one source. */
  InputOpener of(String source, FileSource file);
}
