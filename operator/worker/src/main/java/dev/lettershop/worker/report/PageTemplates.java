package dev.lettershop.worker.report;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The templates of pages, filled in and escaped. Thread-safe. */
final class PageTemplates {
  private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);
  private static final Engine ENGINE =
      Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
          .addLocator(PageTemplates::locate)
          .build();

  private PageTemplates() {}

  private static Optional<TemplateLocation> locate(String name) {
    InputStream in = PageTemplates.class.getResourceAsStream(name + ".html");
    return in == null
        ? Optional.empty()
        : Optional.of(
            new TemplateLocation() {
              @Override
              public Reader read() {
                return new InputStreamReader(in, StandardCharsets.UTF_8);
              }

              @Override
              public Optional<Variant> getVariant() {
                return Optional.of(HTML);
              }
            });
  }

  static String render(String template, Object page) {
    return ENGINE.getTemplate(template).data("page", page).render();
  }

  /** How pages look. */
  static String style() {
    try (InputStream in = PageTemplates.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The style sheet of the pages cannot be read", e);
    }
  }
}
