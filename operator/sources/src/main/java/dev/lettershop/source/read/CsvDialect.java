package dev.lettershop.source.read;

import dev.lettershop.api.v1alpha1.source.CsvOptions;
import dev.lettershop.diagnostic.DidYouMean;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

/**
 * How a CSV file is written.
 *
 * @param quote {@link CsvFields#NO_QUOTE} when nothing is quoted
 * @param header whether the first line names the columns
 * @param columns names of the columns; empty to take them from the header
 */
public record CsvDialect(
    char delimiter, char quote, Charset charset, boolean header, List<String> columns) {

  /** RFC 4180 with a header, in UTF-8. */
  public static final CsvDialect DEFAULT =
      new CsvDialect(',', '"', StandardCharsets.UTF_8, true, List.of());

  /**
   * @param options null for the defaults
   * @throws SourceFault when an option has no meaning
   */
  static CsvDialect of(CsvOptions options) throws SourceFault {
    if (options == null) {
      return DEFAULT;
    }
    if (!options.header() && options.columns().isEmpty()) {
      throw new SourceFault(
          "spec.file.csv.columns",
          "the file has no header and its columns are not named",
          "name the columns in their order");
    }
    return new CsvDialect(
        character(options.delimiter(), "spec.file.csv.delimiter"),
        options.quote().isEmpty()
            ? CsvFields.NO_QUOTE
            : character(options.quote(), "spec.file.csv.quote"),
        charset(options.encoding()),
        options.header(),
        options.columns());
  }

  private static char character(String text, String field) throws SourceFault {
    if (text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
      throw new SourceFault(
          field, "must be one character", "use a character such as \";\", or \\t");
    }
    return text.charAt(0);
  }

  private static Charset charset(String name) throws SourceFault {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new SourceFault(
          "spec.file.csv.encoding",
          "unknown encoding \"" + name + "\"",
          DidYouMean.nearest(name, Charset.availableCharsets().keySet())
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("use a name such as UTF-8, UTF-16, ISO-8859-1 or windows-1252"));
    }
  }
}
