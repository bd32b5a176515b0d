package dev.lettershop.worker.task;

import dev.lettershop.api.v1alpha1.source.FileSource;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.describe.SourceSampler;
import dev.lettershop.source.read.FileGuess;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.access.ManifestInputs;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.access.SourceConnectors;
import java.io.IOException;
import java.nio.file.Path;

/** Looks at sources on a machine without a cluster. */
public final class SourceStudy {
  private final ResourceSet resources;
  private final Path data;

  /**
   * @param data folder that stands in for volumes, or null for the folder of each source's manifest
   */
  public SourceStudy(ResourceSet resources, Path data) {
    this.resources = resources;
    this.data = data;
  }

  /**
   * The source with its file's format, encoding and delimiter as they look, where it does not say.
   */
  public SourceDefinition asWritten(SourceDefinition source) {
    if (source.spec().file() == null) {
      return source;
    }
    try {
      FileSource file =
          FileGuess.of(
              source.spec().file(),
              new ManifestInputs(resources, data).of(source.name(), source.spec().file()));
      return new SourceDefinition(source.name(), source.spec().withFile(file));
    } catch (IOException unreadable) {
      // Reading it says why.
      return source;
    }
  }

  /**
   * Looks at the first records of a source.
   *
   * @param most how many
   * @throws RunException when it cannot be read
   */
  public SourceSampler.Seen sample(SourceDefinition source, int most) {
    SourceSampler sampling = new SourceSampler(most);
    try {
      if (source.spec().file() != null) {
        return sampling.file(
            source, new ManifestInputs(resources, data).of(source.name(), source.spec().file()));
      }
      Cancellation never = new Cancellation();
      return sampling.pull(
          new SourceConnectors(new ManifestSecrets(resources.secrets()), never::pause)
              .of(resources.namespace(), source));
    } catch (ConnectorException failure) {
      String message =
          "ProfileSource/"
              + source.name()
              + " "
              + failure.field()
              + ": "
              + failure.getMessage()
              + (failure.fix() == null ? "" : "; " + failure.fix());
      throw failure.isTemporary()
          ? RunException.retry(message, failure)
          : RunException.configuration(message, failure);
    }
  }
}
