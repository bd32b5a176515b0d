package dev.lettershop.template.html.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Which of the big mail clients do not support what: data of caniemail.com.
 *
 * @param features by key, such as {@code property:float}, {@code element:video}
 */
record ClientSupport(Map<String, Feature> features) {

  /**
   * @param page name of the page on caniemail.com
   * @param lacking the clients without it, with commas between
   */
  record Feature(String page, String lacking) {}

  private static final String FILE = "client-support.tsv";

  /** The data that come with Lettershop; the file says from where and when. */
  static ClientSupport vendored() {
    Map<String, Feature> features = new HashMap<>();
    try (InputStream in = ClientSupport.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] columns = line.split("\t");
          features.put(columns[0], new Feature(columns[1], columns[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " of this program cannot be read", e);
    }
    return new ClientSupport(Map.copyOf(features));
  }

  /** Null when all of them support it, or nothing is known. */
  Feature lacking(String key) {
    return features.get(key);
  }
}
