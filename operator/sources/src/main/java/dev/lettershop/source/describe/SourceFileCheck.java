package dev.lettershop.source.describe;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.map.FieldTables;
import dev.lettershop.source.map.SourceFields;
import dev.lettershop.source.read.FileInput;
import dev.lettershop.source.read.InputOpener;
import dev.lettershop.source.read.RecordReader;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.source.sync.SourceDefinition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** What files show to be wrong with a source. Those that are not at hand show nothing. */
public final class SourceFileCheck {
  private SourceFileCheck() {}

  /**
   * Holds a source's fields to the columns of its file, without reading more than the header.
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

  /** Reads the tables of values that rules take from ConfigMaps. */
  public static List<Diagnostic> problems(SourceDefinition source, InputOpener tables) {
    try {
      FieldTables.filled(source.spec(), tables);
      return List.of();
    } catch (ConnectorException fault) {
      return fault.getCause() instanceof NoSuchFileException
          ? List.of()
          : new SourceFault(fault.field(), fault.getMessage(), fault.fix()).at(source.name());
    }
  }
}
