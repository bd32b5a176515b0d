package dev.lettershop.source;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.profile.ProfileSchema;
import java.io.IOException;
import java.util.List;

/** Holds a source's fields to the columns of its file, without reading more than the header. */
public final class SourceFileCheck {
  private SourceFileCheck() {}

  /**
   * What a sync would refuse; nothing when the file is not at hand.
   *
   * @param source with a file, and sound as far as it can be known without the file
   */
  public static List<Diagnostic> problems(
      SourceDefinition source, ProfileSchema schema, InputOpener inputs) {
    try (RecordReader reader = FileInput.of(source.spec().file()).open(inputs)) {
      SourceFields.compile(source.spec(), schema).checkColumns(reader.columns());
      return List.of();
    } catch (SourceFault fault) {
      return fault.at(source.name());
    } catch (IOException absent) {
      // Volumes need not be where the manifests are checked.
      return List.of();
    }
  }
}
