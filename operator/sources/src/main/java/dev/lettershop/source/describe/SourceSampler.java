package dev.lettershop.source.describe;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.source.connect.Column;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Pull;
import dev.lettershop.source.connect.PulledRecord;
import dev.lettershop.source.read.FileInput;
import dev.lettershop.source.read.InputOpener;
import dev.lettershop.source.read.RecordReader;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.source.read.SourceRecord;
import dev.lettershop.source.sync.SourceDefinition;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks at the first records of a source, and tells what fields they have. Keeps no value and
 * changes nothing. Not thread-safe.
 */
public final class SourceSampler {
  /** Objects within objects beyond this are left as they are. */
  private static final int DEEPEST = 3;

  private static final int MOST_FIELDS = 500;

  private final int most;
  private final Map<List<String>, SampledField> fields = new LinkedHashMap<>();
  private final Map<String, SampledEvents> events = new TreeMap<>();
  private long records;
  private long broken;

  /**
   * @param most how many records to look at
   */
  public SourceSampler(int most) {
    this.most = most;
  }

  /**
   * What was seen.
   *
   * @param records how many were looked at
   * @param broken how many of them cannot be read
   * @param events the fields of the records by the event that they name; only names that an event
   *     can have, or that become one in lower case and with underscores
   * @param eventField which field names the events; null when none does
   * @param spokenNames whether any of them is written in another way
   */
  public record Seen(
      long records,
      long broken,
      List<SampledField> fields,
      Map<String, List<SampledField>> events,
      SampledField eventField,
      boolean spokenNames) {}

  /**
   * Looks at a file.
   *
   * @throws ConnectorException when it cannot be read as declared
   */
  public Seen file(SourceDefinition source, InputOpener inputs) throws ConnectorException {
    try (RecordReader reader = FileInput.of(source.spec().file()).open(inputs)) {
      if (reader.columns() != null) {
        reader.columns().forEach(column -> field(fields, List.of(column), null));
      }
      for (SourceRecord record = next(reader); record != null; record = next(reader)) {
        records++;
        if (record instanceof SourceRecord.Fields found) {
          record(found.fields());
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
          "file not found: " + missing.getMessage(),
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
          field(fields, List.of(column.name()), column.type());
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
          record(record.fields());
        }
      }
      return seen();
    }
  }

  private Seen seen() {
    List<SampledField> all = List.copyOf(fields.values());
    return events.entrySet().stream()
        .filter(named -> fields.containsKey(List.of(named.getKey())))
        .max(Comparator.comparingLong(named -> named.getValue().records()))
        .map(
            named ->
                new Seen(
                    records,
                    broken,
                    all,
                    named.getValue().events(),
                    fields.get(List.of(named.getKey())),
                    named.getValue().areSpoken()))
        .orElseGet(() -> new Seen(records, broken, all, Map.of(), null, false));
  }

  private void record(Map<String, Object> found) {
    take(fields, List.of(), found);
    String field = SampledEvents.field(found);
    if (field != null) {
      events
          .computeIfAbsent(field, name -> new SampledEvents())
          .take((String) found.get(field), found);
    }
  }

  static void take(Map<List<String>, SampledField> fields, List<String> under, Map<?, ?> members) {
    members.forEach(
        (name, value) -> {
          List<String> path = new java.util.ArrayList<>(under);
          path.add(String.valueOf(name));
          if (value instanceof Map<?, ?> object && path.size() < DEEPEST) {
            fields.remove(path);
            take(fields, path, object);
          } else {
            SampledField field = field(fields, path, null);
            if (field != null) {
              field.take(value);
            }
          }
        });
  }

  private static SampledField field(
      Map<List<String>, SampledField> fields, List<String> path, AttributeType known) {
    SampledField present = fields.get(path);
    if (present == null && fields.size() < MOST_FIELDS) {
      present = new SampledField(path, known);
      fields.put(List.copyOf(path), present);
    }
    return present;
  }
}
