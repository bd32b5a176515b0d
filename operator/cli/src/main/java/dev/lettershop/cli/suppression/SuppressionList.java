package dev.lettershop.cli.suppression;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.store.address.EmailKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A list of what is to be suppressed, as services export it.
 *
 * @param addresses as they are written
 * @param digests SHA-256 of addresses
 * @param domains in ASCII
 */
record SuppressionList(List<String> addresses, List<byte[]> digests, List<String> domains) {
  /** So many are sent to the database at once. */
  static final int BATCH = 10_000;

  private static final int SHOWN_FAULTS = 10;
  private static final int SHA_256 = 64;
  private static final int MD5 = 32;
  private static final int SHA_1 = 40;
  private static final Set<String> HEADERS =
      Set.of("email", "e-mail", "address", "email address", "hash", "sha256", "domain");

  /**
   * Reads a file.
   *
   * @throws UsageException when it cannot be read, or has lines that cannot be used: names these,
   *     without what stands in them
   */
  static SuppressionList read(Path file) {
    SuppressionList list =
        new SuppressionList(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
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
    if (entry.matches("[0-9a-fA-F]+")) {
      return hash(entry);
    }
    if (entry.startsWith("@")) {
      Optional<String> domain = EmailKey.domainOf(entry.substring(1));
      domain.ifPresent(domains::add);
      return domain.isPresent() ? null : "is not a domain";
    }
    if (EmailKey.of(entry).isEmpty()) {
      return "is neither an address, nor a SHA-256 hash, nor a domain as @example.com";
    }
    addresses.add(entry);
    return null;
  }

  private String hash(String entry) {
    if (entry.length() == SHA_256) {
      digests.add(HexFormat.of().parseHex(entry.toLowerCase(Locale.ROOT)));
      return null;
    }
    return entry.length() == MD5 || entry.length() == SHA_1
        ? "is an MD5 or SHA-1 hash: get the list with SHA-256"
        : "is not a SHA-256 hash, which has 64 hexadecimal digits";
  }

  static <T> List<T> batch(List<T> all, int from) {
    return all.subList(from, Math.min(all.size(), from + BATCH));
  }
}
