package dev.lettershop.source.clean;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the name of a state or province, or its short code, into its ISO 3166-2 code, such as
 * US-NY. Names are known of some countries; complete codes are taken of all.
 */
final class Regions {
  private static final Pattern CODE = Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final Map<String, Set<String>> codesByName = new HashMap<>();

  Regions() {
    try (InputStream in = Regions.class.getResourceAsStream("regions.tsv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the list of regions", e);
    }
  }

  private void add(String line) {
    String[] cells = line.split("\t");
    name(cells[0].substring(3), cells[0]);
    for (int i = 1; i < cells.length; i++) {
      name(cells[i], cells[0]);
    }
  }

  private void name(String name, String code) {
    codesByName.computeIfAbsent(key(name), n -> new LinkedHashSet<>()).add(code);
  }

  /**
   * @param country ISO 3166 code of the record's country, or null
   */
  Converted normalise(String text, String country) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (CODE.matcher(upper).matches() && COUNTRIES.contains(upper.substring(0, 2))) {
      return Converted.of(upper);
    }
    Set<String> codes = codesByName.getOrDefault(key(text), Set.of());
    if (country != null) {
      return codes.stream()
          .filter(code -> code.startsWith(country + "-"))
          .findFirst()
          .map(Converted::of)
          .orElse(
              Converted.invalid("is not a known region of its country, or a code such as US-NY"));
    }
    return switch (codes.size()) {
      case 0 -> Converted.invalid("is not a known region or a code such as US-NY");
      case 1 -> Converted.of(codes.iterator().next());
      default -> Converted.invalid("is a region of several countries; say which country");
    };
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
