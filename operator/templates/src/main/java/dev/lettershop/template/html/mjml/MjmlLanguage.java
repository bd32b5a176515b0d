package dev.lettershop.template.html.mjml;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The elements of MJML 4, what each may hold, and its attributes. */
record MjmlLanguage(Map<String, Kind> elements) {
  /** The root, which MJML's own lists leave out. */
  static final String ROOT = "mjml";

  private static final String FILE = "elements.tsv";
  private static final MjmlLanguage VENDORED = read();

  /** Attributes that every element of the body takes. */
  private static final Set<String> EVERYWHERE =
      Set.of("css-class", "mj-class", "lang", "dir", "id", "class", "name", "title");

  /** Elements whose attributes are their author's choice. */
  private static final Set<String> ANY_ATTRIBUTES =
      Set.of("mj-attributes", "mj-html-attributes", "mj-selector", "mj-html-attribute");

  /**
   * @param html whether the content is HTML and no longer MJML
   * @param children elements that it may hold; empty for any
   * @param computed attributes that layout is computed from, of {@code attributes}
   */
  public record Kind(
      boolean html, Set<String> children, Set<String> attributes, Set<String> computed) {}

  static MjmlLanguage vendored() {
    return VENDORED;
  }

  private static MjmlLanguage read() {
    Map<String, Kind> elements = new TreeMap<>();
    try (InputStream in = MjmlLanguage.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] columns = line.split("\t", -1);
          elements.put(columns[0], kind(columns));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " of this program cannot be read", e);
    }
    elements.put(
        ROOT, new Kind(false, Set.of("mj-head", "mj-body"), Set.of("owa", "version"), Set.of()));
    elements.put("mj-all", new Kind(false, Set.of(), Set.of(), Set.of()));
    elements.put("mj-class", new Kind(false, Set.of(), Set.of(), Set.of()));
    elements.put("mj-selector", new Kind(false, Set.of("mj-html-attribute"), Set.of(), Set.of()));
    elements.put("mj-html-attribute", new Kind(true, Set.of(), Set.of(), Set.of()));
    return new MjmlLanguage(elements);
  }

  private static Kind kind(String[] columns) {
    Set<String> attributes = new TreeSet<>();
    Set<String> computed = new TreeSet<>();
    for (String attribute : columns[3].split(",")) {
      String name = attribute.replace("#", "");
      attributes.add(name);
      if (attribute.endsWith("#")) {
        computed.add(name);
      }
    }
    return new Kind(columns[1].equals("html"), names(columns[2]), attributes, computed);
  }

  private static Set<String> names(String list) {
    return list.isEmpty() ? Set.of() : new HashSet<>(List.of(list.split(",")));
  }

  /** Null for what is not an element of MJML. */
  Kind kind(String element) {
    return elements.get(element);
  }

  /** Whether an element takes an attribute; {@code parent} may be null. */
  boolean takes(String element, String attribute, String parent) {
    return EVERYWHERE.contains(attribute)
        || ANY_ATTRIBUTES.contains(element)
        || "mj-attributes".equals(parent)
        || elements.get(element).attributes().contains(attribute);
  }
}
