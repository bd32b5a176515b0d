package dev.lettershop.playground.realcluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A resource that is valid or not, as its file's name says.
 *
 * @param old the resource as it was before, or null
 * @param resource the resource
 * @param expected parts of what is said about an invalid one
 */
public record SchemaFile(Path file, JsonNode old, JsonNode resource, List<String> expected) {
  private static final String EXPECT = "# expect: ";

  static SchemaFile read(Path file) throws IOException {
    String text = Files.readString(file);
    List<JsonNode> documents = Repository.documents(text);
    boolean change = text.lines().anyMatch("# old"::equals);
    return new SchemaFile(
        file,
        change ? documents.get(0) : null,
        documents.get(documents.size() - 1),
        text.lines()
            .filter(line -> line.startsWith(EXPECT))
            .map(line -> line.substring(EXPECT.length()))
            .toList());
  }

  public static List<SchemaFile> all() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.SCHEMA_FILES)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(
              file -> {
                try {
                  return read(file);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  public boolean valid() {
    return file.getFileName().toString().startsWith("valid-");
  }

  public String name() {
    return Repository.SCHEMA_FILES.relativize(file).toString();
  }

  public String plural() {
    return file.getParent().getFileName() + "s";
  }
}
