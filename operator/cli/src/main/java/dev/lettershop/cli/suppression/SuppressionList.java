package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.store.suppression.ListEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A list of what is to be suppressed, as services export it. */
record SuppressionList(List<ListEntry> entries) {
  /** So many are sent to the database at once. */
  static final int BATCH = 10_000;

  private static final int SHOWN_FAULTS = 10;
  private static final Set<String> HEADERS =
      Set.of(
          "email", "e-mail", "address", "email address", "hash", "sha256", "sha1", "md5", "domain");

  /**
   * Reads a file.
   *
   * @throws UsageException when it cannot be read, or has lines that cannot be used: names these,
   *     without what stands in them
   */
  static SuppressionList read(Path file) {
    SuppressionList list = new SuppressionList(new ArrayList<>());
    List<String> faults = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String fault = list.take(entry(line), ++number == 1);
        if (fault != null) {
          faults.add("line " + number + " " + fault);
        }
      }
    } catch (IOException e) {
      throw new UsageException(
          "--list " + file + " cannot be read as text in UTF-8: " + e.getClass().getSimpleName());
    }
    if (!faults.isEmpty()) {
      throw new UsageException(
          file
              + ": "
              + String.join("; ", faults.subList(0, Math.min(SHOWN_FAULTS, faults.size())))
              + (faults.size() > SHOWN_FAULTS
                  ? "; and " + (faults.size() - SHOWN_FAULTS) + " more"
                  : "")
              + ". Nothing was added");
    }
    return list;
  }

  /** What stands in a line: also within quotes, and behind a byte order mark. */
  private static String entry(String line) {
    String entry = line.replace("\uFEFF", "").strip();
    return entry.length() > 1 && entry.startsWith("\"") && entry.endsWith("\"")
        ? entry.substring(1, entry.length() - 1).strip()
        : entry;
  }

  /** Takes one entry; says what is wrong with it, or null. */
  private String take(String entry, boolean first) {
    if (entry.isEmpty()
        || entry.startsWith("#")
        || first && HEADERS.contains(entry.toLowerCase(Locale.ROOT))) {
      return null;
    }
    Optional<ListEntry> known = ListEntry.of(entry);
    known.ifPresent(entries::add);
    return known.isPresent()
        ? null
        : "is neither an address, nor a hash of one (SHA-256, SHA-1, MD5), nor a domain as"
            + " @example.com";
  }

  List<ListEntry> batch(int from) {
    return entries.subList(from, Math.min(entries.size(), from + BATCH));
  }
}
