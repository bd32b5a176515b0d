package dev.lettershop.playground.gallery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes {@code index.html} and its data beside a folder {@code mails} of messages. A page that was
 * opened from a disk may not fetch anything but it may load scripts, so the data are scripts: a
 * list of all mails, and their content in pieces that load when somebody looks at one.
 */
public final class Gallery {
  /** Folder of the messages inside the gallery's. */
  public static final String MAILS = "mails";

  private static final String DATA = "data";
  private static final String PAGE = "index.html";
  private static final int PIECE = 40;
  private static final int SNIPPET = 110;

  private final ObjectMapper mapper = JsonMappers.PLAIN;
  private final MailReader reader = new MailReader();
  private final Path directory;
  private final UnaryOperator<String> shown;

  /**
   * @param directory where {@code mails/*.eml} are and {@code index.html} will be
   */
  public Gallery(Path directory) {
    this(directory, UnaryOperator.identity());
  }

  /**
   * @param shown what the page shows of the HTML of a mail, for links that lead elsewhere here
   */
  public Gallery(Path directory, UnaryOperator<String> shown) {
    this.directory = directory;
    this.shown = shown;
  }

  /**
   * Writes the page over an earlier one.
   *
   * @return the page
   * @throws IOException when a message cannot be read or a file not be written
   */
  public Path write(GallerySummary summary, FacetSource facets) throws IOException {
    List<Path> mails = mails();
    Path data = Files.createDirectories(directory.resolve(DATA));
    try (Writer out = Files.newBufferedWriter(data.resolve("index.js"));
        JsonGenerator index = mapper.createGenerator(out)) {
      index.writeRaw("lettershop.index(");
      index.writeStartObject();
      index.writePOJOField("summary", summary);
      index.writeNumberField("piece", PIECE);
      index.writeArrayFieldStart("mails");
      for (int from = 0; from < mails.size(); from += PIECE) {
        List<Path> piece = mails.subList(from, Math.min(mails.size(), from + PIECE));
        writePiece(data, from / PIECE, piece, index, facets);
      }
      index.writeEndArray();
      index.writeEndObject();
      index.writeRaw(");\n");
    }
    return copyPage();
  }

  private List<Path> mails() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(MAILS))) {
      return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList();
    }
  }

  private void writePiece(
      Path data, int number, List<Path> files, JsonGenerator index, FacetSource facets)
      throws IOException {
    try (Writer out = Files.newBufferedWriter(data.resolve("mails-" + number + ".js"));
        JsonGenerator content = mapper.createGenerator(out)) {
      content.writeRaw("lettershop.piece(" + number + ", ");
      content.writeStartArray();
      for (Path file : files) {
        GalleryMail mail = reader.read(file);
        writeListEntry(index, file, mail, facets.of(mail.toAddress(), mail.subject(), mail.text()));
        writeContent(content, mail);
      }
      content.writeEndArray();
      content.writeRaw(");\n");
    }
  }

  private static void writeListEntry(
      JsonGenerator index, Path file, GalleryMail mail, Map<String, String> facets)
      throws IOException {
    index.writeStartObject();
    index.writeStringField("file", MAILS + "/" + file.getFileName());
    index.writeStringField("subject", mail.subject());
    index.writeStringField("name", mail.toName());
    index.writeStringField("to", mail.toAddress());
    index.writeStringField("from", mail.from());
    index.writeStringField("date", mail.date());
    index.writeStringField("snippet", snippet(mail.text()));
    index.writeNumberField("size", mail.size());
    index.writeObjectFieldStart("facets");
    for (Map.Entry<String, String> facet : facets.entrySet()) {
      index.writeStringField(facet.getKey(), facet.getValue());
    }
    index.writeEndObject();
    index.writeEndObject();
    index.writeRaw('\n');
  }

  private void writeContent(JsonGenerator content, GalleryMail mail) throws IOException {
    content.writeStartObject();
    content.writeStringField("html", shown.apply(mail.html()));
    content.writeStringField("text", mail.text());
    content.writeStringField("headers", mail.headers());
    content.writeEndObject();
    content.writeRaw('\n');
  }

  private static String snippet(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    int end = Math.min(SNIPPET, line.length());
    if (end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--; // not half an emoji
    }
    return line.substring(0, end);
  }

  private Path copyPage() throws IOException {
    Path page = directory.resolve(PAGE);
    try (InputStream in = Gallery.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IOException("the page is not in the jar; build the project again");
      }
      Files.copy(in, page, StandardCopyOption.REPLACE_EXISTING);
    }
    return page;
  }
}
