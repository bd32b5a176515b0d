package dev.lettershop.plan.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The texts of a collector's pages that a resource may override. */
public final class PageTextKeys {
  private PageTextKeys() {}

  /** What may stand in braces in each text, by its key. */
  public static Map<String, Set<String>> all() {
    try (InputStream in = PageTextKeys.class.getResourceAsStream("page-texts.txt")) {
      Map<String, Set<String>> all = new TreeMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")))
          .forEach(words -> all.put(words.get(0), Set.copyOf(words.subList(1, words.size()))));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("A file of this jar cannot be read", e);
    }
  }
}
