package dev.lettershop.source.describe;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.map.FieldTables;
import dev.lettershop.source.map.SourceFields;
import dev.lettershop.source.read.AbsentFileException;
import dev.lettershop.source.read.FileGuess;
import dev.lettershop.source.read.FileInput;
import dev.lettershop.source.read.InputOpener;
import dev.lettershop.source.read.RecordReader;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.source.sync.SourceDefinition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Stream;

/** What files show to be wrong with a source. Those that are not at hand show nothing. */
public final class SourceFileCheck {
  private SourceFileCheck() {}

  /**
   * Holds a source's fields to the columns of its file, and its encoding to the file's beginning.
   *
   * @param source with a file, and sound as far as it can be known without the file
   */
  public static List<Diagnostic> problems(
      SourceDefinition source, ProfileSchema schema, InputOpener inputs) {
    try (RecordReader reader = FileInput.of(source.spec().file()).open(inputs)) {
      SourceFields fields = SourceFields.compile(source.spec(), schema);
      fields.checkColumns(reader.columns());
      ResourceRef ref = new ResourceRef("ProfileSource", source.name());
      return Stream.concat(
              fields.nearlyTaken(reader.columns(), schema).stream(), encoding(source, inputs))
          .map(problem -> problem.at(ref))
          .toList();
    } catch (SourceFault fault) {
      return fault.at(source.name());
    } catch (AbsentFileException elsewhere) {
      return absent(source, elsewhere);
    } catch (NoSuchFileException missing) {
      return missing(source, "check the path; it is a key of what the volume names");
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Stream<FieldProblem> encoding(SourceDefinition source, InputOpener inputs)
      throws IOException, SourceFault {
    return FileGuess.otherEncoding(source.spec().file(), inputs).stream()
        .map(
            other ->
                Problem.warning(
                    null,
                    "the file is not in the encoding that it is read in",
                    "did you mean encoding: " + other.name() + "?"))
        .map(problem -> new FieldProblem("spec.file.csv.encoding", problem));
  }

  /** Volumes need not be where the manifests are checked, but some are. */
  private static List<Diagnostic> absent(SourceDefinition source, AbsentFileException elsewhere) {
    if (elsewhere.isMissing()) {
      return missing(
          source,
          elsewhere
              .nearest()
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("check the path; it is relative to the volume"));
    }
    return elsewhere
        .nearest()
        .map(
            near ->
                Problem.warning(
                    null,
                    "file not found: " + source.spec().file().path() + " beside the manifests",
                    "did you mean \"" + near + "\"?"))
        .map(problem -> new FieldProblem("spec.file.path", problem))
        .map(problem -> problem.at(new ResourceRef("ProfileSource", source.name())))
        .map(List::of)
        .orElse(List.of());
  }

  private static List<Diagnostic> missing(SourceDefinition source, String fix) {
    return new SourceFault("spec.file.path", "file not found: " + source.spec().file().path(), fix)
        .at(source.name());
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
