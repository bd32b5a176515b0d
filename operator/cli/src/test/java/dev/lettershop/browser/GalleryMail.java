package dev.lettershop.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.jknack.handlebars.Handlebars;
import com.github.mustachejava.DefaultMustacheFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import liqp.TemplateParser;

/**
 * A template of the gallery as its author wrote it.
 *
 * @param name also of its file
 * @param source HTML with tags; of MJML what npm's mjml makes of it
 */
record GalleryMail(String name, String engine, String source, Map<String, Object> profile) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static GalleryMail read(Path file) throws IOException {
    JsonNode spec = YAML.readTree(Files.readString(file)).get("spec");
    String name = file.getFileName().toString().replace(".yaml", "");
    String source =
        spec.has("html")
            ? spec.get("html").asText()
            : Files.readString(file.resolveSibling(name + ".npm.html"));
    @SuppressWarnings("unchecked")
    Map<String, Object> profile = YAML.convertValue(spec.at("/previews/0/profile"), Map.class);
    return new GalleryMail(name, spec.path("engine").asText("Mustache"), source, profile);
  }

  /** The mail that the language's own engine makes of the source, styles where they were. */
  String filledByItsEngine() throws IOException {
    Map<String, Object> names =
        Map.of("profile", profile, "links", Map.of("unsubscribe", "https://mail.example/u/1"));
    return switch (engine) {
      case "Mustache" -> {
        StringWriter filled = new StringWriter();
        new DefaultMustacheFactory().compile(new StringReader(source), name).execute(filled, names);
        yield filled.toString();
      }
      case "Handlebars" -> new Handlebars().compileInline(source).apply(names);
      case "Liquid" -> new TemplateParser.Builder().build().parse(source).render(names);
      default -> throw new IllegalArgumentException(name + " is in " + engine);
    };
  }
}
