package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.common.ConfigMapKeyRef;
import dev.lettershop.api.v1alpha1.field.FieldRule;
import dev.lettershop.api.v1alpha1.field.TableEntry;
import dev.lettershop.api.v1alpha1.source.FileFormat;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.profile.PlainText;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.read.CsvDialect;
import dev.lettershop.source.read.FileInput;
import dev.lettershop.source.read.InputOpener;
import dev.lettershop.source.read.RecordReader;
import dev.lettershop.source.read.SourceFault;
import dev.lettershop.source.read.SourceRecord;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Brings tables of values that stand in ConfigMaps to where rules have theirs. */
public final class FieldTables {
  private static final int MOST = 100_000;
  private static final String FROM = "from";
  private static final String TO = "to";

  private FieldTables() {}

  /**
   * A spec whose rules have all tables in themselves.
   *
   * @param tables opens {@code <ConfigMap>/<key>}
   * @throws ConnectorException when one is not there, or is none
   */
  public static ProfileSourceSpec filled(ProfileSourceSpec spec, InputOpener tables)
      throws ConnectorException {
    List<FieldRule> rules = new ArrayList<>();
    for (int i = 0; i < spec.normalise().fields().size(); i++) {
      FieldRule rule = spec.normalise().fields().get(i);
      rules.add(
          rule.tableFrom() == null
              ? rule
              : rule.withTable(
                  read("spec.normalise.fields[" + i + "].tableFrom", rule.tableFrom(), tables)));
    }
    return spec.withNormalise(spec.normalise().withFields(rules));
  }

  private static List<TableEntry> read(String field, ConfigMapKeyRef ref, InputOpener tables)
      throws ConnectorException {
    String place = ref.name() + "/" + ref.key();
    try (RecordReader reader =
        new FileInput(place, FileFormat.Csv, CsvDialect.DEFAULT).open(tables)) {
      if (!reader.columns().containsAll(List.of(FROM, TO))) {
        throw fault(field, place + " has no columns from and to", null);
      }
      List<TableEntry> entries = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
        Map<String, Object> row =
            record instanceof SourceRecord.Fields found ? found.fields() : Map.of();
        if (!(row.get(FROM) instanceof String from)
            || !(row.get(TO) instanceof String to)
            || PlainText.isBlank(from)
            || PlainText.isBlank(to)) {
          throw fault(field, "a line of " + place + " has no value in from or to", null);
        }
        if (!seen.add(PlainText.line(from).toLowerCase(Locale.ROOT))) {
          throw fault(field, place + " has a value twice in from, whatever its case", null);
        }
        if (entries.size() == MOST) {
          throw fault(field, place + " has more than " + MOST + " lines", null);
        }
        entries.add(new TableEntry(from, PlainText.of(to)));
      }
      return entries;
    } catch (NoSuchFileException missing) {
      throw fault(field, "file not found: " + place, missing);
    } catch (SourceFault | IOException unreadable) {
      throw fault(field, place + " cannot be read as CSV", unreadable);
    }
  }

  private static ConnectorException fault(String field, String message, Exception cause) {
    return ConnectorException.misconfigured(
        field,
        message,
        "the ConfigMap's key holds CSV with the header from,to and a line for each value",
        cause);
  }
}
