package dev.lettershop.template.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A filter or helper that templates can use, as the table of its language has it: what the reader
 * checks calls by, and what the documentation lists.
 *
 * @param parameters names of what it is given, in order
 * @param least number of values that it takes at least
 * @param most number of values that it takes at most
 * @param alsoKnown other names for it
 * @param gives what it gives, as a phrase
 */
public record TemplateFunction(
    String name,
    List<String> parameters,
    int least,
    int most,
    List<String> alsoKnown,
    String gives) {

  /** How many values a parameter with a star stands for, with those before it. */
  private static final int MANY = 8;

  /**
   * Reads a table with columns for name, parameters, other names and result. A parameter that ends
   * in {@code ?} may be left out, one that ends in {@code *} repeated.
   *
   * @param file resource beside {@code owner}
   */
  public static Map<String, TemplateFunction> table(Class<?> owner, String file) {
    Map<String, TemplateFunction> functions = new TreeMap<>();
    for (String[] columns : lines(owner, file)) {
      functions.put(columns[0], of(columns));
    }
    return Collections.unmodifiableMap(functions);
  }

  private static TemplateFunction of(String[] columns) {
    List<String> parameters = new ArrayList<>();
    int least = 0;
    boolean many = false;
    for (String parameter : words(columns[1])) {
      boolean required = !parameter.endsWith("?") && !parameter.endsWith("*");
      many |= parameter.endsWith("*");
      least += required ? 1 : 0;
      parameters.add(required ? parameter : parameter.substring(0, parameter.length() - 1));
    }
    return new TemplateFunction(
        columns[0],
        List.copyOf(parameters),
        least,
        many ? MANY : parameters.size(),
        words(columns[2]),
        columns[3]);
  }

  private static List<String> words(String column) {
    return column.isEmpty() ? List.of() : List.of(column.split(" "));
  }

  /**
   * What to write in place of what other tools have, by the name that it has there.
   *
   * @param file resource beside {@code owner}, with columns for the name and the advice
   */
  public static Map<String, String> elsewhere(Class<?> owner, String file) {
    Map<String, String> advice = new TreeMap<>();
    lines(owner, file).forEach(columns -> advice.put(columns[0], columns[1]));
    return Collections.unmodifiableMap(advice);
  }

  private static List<String[]> lines(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> line.split("\t", -1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " of this program cannot be read", e);
    }
  }

  /** What to say when it is given another number of values; null when the number fits. */
  public String misfit(int given) {
    if (given >= least && given <= most) {
      return null;
    }
    String takes =
        least == most
            ? least + (least == 1 ? " value" : " values")
            : least + " to " + most + " values";
    return "\"" + name + "\" takes " + takes + " and is given " + given;
  }
}
