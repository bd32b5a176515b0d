package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.AttributeType;
import dev.lettershop.source.connector.Column;
import dev.lettershop.source.connector.Connector;
import dev.lettershop.source.connector.ConnectorException;
import dev.lettershop.source.connector.Pull;
import dev.lettershop.source.connector.PulledRecord;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the first records of a source, and tells what fields they have. Keeps no value and
 * changes nothing. Not thread-safe.
 */
public final class Sampling {
  /** Objects within objects beyond this are left as they are. */
  private static final int DEEPEST = 3;

  private static final int MOST_FIELDS = 500;

  private final int most;
  private final Map<List<String>, SampledField> fields = new LinkedHashMap<>();
  private long records;
  private long broken;

  /**
   * @param most how many records to look at
   */
  public Sampling(int most) {
    this.most = most;
  }

  /**
   * What was seen.
   *
   * @param records how many were looked at
   * @param broken how many of them cannot be read
   */
  public record Seen(long records, long broken, List<SampledField> fields) {}

  /**
   * Looks at a file.
   *
   * @throws ConnectorException when it cannot be read as declared
   */
  public Seen file(SourceDefinition source, InputOpener inputs) throws ConnectorException {
    try (RecordReader reader = FileInput.of(source.spec().file()).open(inputs)) {
      if (reader.columns() != null) {
        reader.columns().forEach(column -> field(List.of(column), null));
      }
      for (SourceRecord record = next(reader); record != null; record = next(reader)) {
        records++;
        if (record instanceof SourceRecord.Fields found) {
          take(List.of(), found.fields());
        } else {
          broken++;
        }
      }
      return seen();
    } catch (SourceFault fault) {
      throw ConnectorException.misconfigured("spec.file", fault.getMessage(), null, fault);
    } catch (NoSuchFileException missing) {
      throw ConnectorException.misconfigured(
          "spec.file.path",
          "there is no file " + missing.getMessage(),
          "check the path; it is relative to the volume, or to the folder of the resources",
          missing);
    } catch (IOException e) {
      throw ConnectorException.unavailable(
          "spec.file.path", "the file cannot be read", "check that it is complete", e);
    }
  }

  private SourceRecord next(RecordReader reader) throws IOException {
    return records < most ? reader.next() : null;
  }

  /**
   * Looks at what a connector reads from its start.
   *
   * @throws ConnectorException when the source cannot be read
   */
  public Seen pull(Connector connector) throws ConnectorException {
    try (Pull pull = connector.open(null)) {
      if (pull.columns() != null) {
        for (Column column : pull.columns()) {
          field(List.of(column.name()), column.type());
        }
      }
      while (records < most) {
        PulledRecord record = pull.next();
        if (record == null) {
          break;
        }
        records++;
        if (record.isBroken()) {
          broken++;
        } else {
          take(List.of(), record.fields());
        }
      }
      return seen();
    }
  }

  private Seen seen() {
    return new Seen(records, broken, List.copyOf(fields.values()));
  }

  private void take(List<String> under, Map<?, ?> members) {
    members.forEach(
        (name, value) -> {
          List<String> path = new java.util.ArrayList<>(under);
          path.add(String.valueOf(name));
          if (value instanceof Map<?, ?> object && path.size() < DEEPEST) {
            fields.remove(path);
            take(path, object);
          } else {
            SampledField field = field(path, null);
            if (field != null) {
              field.take(value);
            }
          }
        });
  }

  private SampledField field(List<String> path, AttributeType known) {
    SampledField present = fields.get(path);
    if (present == null && fields.size() < MOST_FIELDS) {
      present = new SampledField(path, known);
      fields.put(List.copyOf(path), present);
    }
    return present;
  }
}
