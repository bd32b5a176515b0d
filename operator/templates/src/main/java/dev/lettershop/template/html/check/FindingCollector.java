package dev.lettershop.template.html.check;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what checks find. The same finding at several places is one: mails repeat themselves,
 * and a list nobody reads to the end is of no use.
 */
final class FindingCollector {
  private record Key(String check, String message) {}

  private static final class Entry {
    private final Severity severity;
    private final Position first;
    private final String fix;
    private int count;

    Entry(Severity severity, Position first, String fix) {
      this.severity = severity;
      this.first = first;
      this.fix = fix;
    }
  }

  private final Places places;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  FindingCollector(Places places) {
    this.places = places;
  }

  /** Something that readers will notice. */
  void warning(String check, int offset, String snippet, String message, String fix) {
    add(Severity.Warning, check, offset, snippet, message, fix);
  }

  /** Something that could be better. */
  void hint(String check, int offset, String snippet, String message, String fix) {
    add(Severity.Info, check, offset, snippet, message, fix);
  }

  private void add(
      Severity severity, String check, int offset, String snippet, String message, String fix) {
    Key key = new Key(check, message);
    Entry entry = entries.get(key);
    if (entry == null) {
      Position position = offset < 0 ? null : places.of(offset, snippet);
      entry = new Entry(severity, position, fix);
      entries.put(key, entry);
    }
    entry.count++;
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    entries.forEach(
        (key, entry) ->
            problems.add(
                new Problem(
                    entry.severity,
                    entry.first,
                    entry.count == 1
                        ? key.message()
                        : key.message() + " (in " + entry.count + " places)",
                    entry.fix,
                    key.check())));
    return problems;
  }
}
