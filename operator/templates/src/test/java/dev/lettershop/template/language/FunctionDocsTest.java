package dev.lettershop.template.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documentation lists all helpers and filters, as their tables have them. */
@Tag("generated")
class FunctionDocsTest {
  private static final Path DOCS = Path.of("../../docs/templates.md");
  private static final String BEGIN = "<!-- Made from the tables of helpers and filters. -->\n";
  private static final String END = "<!-- End of what is made. -->\n";

  @Test
  void theReferenceIsMadeFromTheTables() throws IOException {
    // given
    String docs = Files.readString(DOCS);
    String before = docs.substring(0, docs.indexOf(BEGIN) + BEGIN.length());
    String after = docs.substring(docs.indexOf(END));

    // when
    String expected =
        before
            + table("Helper of Handlebars", "handlebars/helpers.tsv")
            + "\n"
            + table("Filter of Liquid", "liquid/filters.tsv")
            + after;
    if (Boolean.getBoolean("generated.update")) {
      Files.writeString(DOCS, expected);
    }

    // then
    assertThat(DOCS).as("made anew with: mvn -q -Pgenerate test").hasContent(expected);
  }

  private static String table(String title, String file) {
    Map<String, TemplateFunction> functions =
        TemplateFunction.table(TemplateFunction.class, "/dev/lettershop/template/" + file);
    assertThat(functions).hasSizeGreaterThan(20);
    return "| "
        + title
        + " | given | gives |\n|---|---|---|\n"
        + functions.values().stream().map(one -> row(one)).collect(Collectors.joining());
  }

  private static String row(TemplateFunction function) {
    StringBuilder given = new StringBuilder();
    for (int i = 0; i < function.parameters().size(); i++) {
      String parameter = function.parameters().get(i);
      given.append(given.isEmpty() ? "" : " ");
      given.append(i < function.least() ? parameter : "[" + parameter + "]");
    }
    String names =
        "`"
            + function.name()
            + "`"
            + function.alsoKnown().stream()
                .map(other -> ", `" + other + "`")
                .collect(Collectors.joining());
    String values = given.isEmpty() ? "" : "`" + given + "`";
    return "| " + names + " | " + values + " | " + function.gives() + " |\n";
  }
}
