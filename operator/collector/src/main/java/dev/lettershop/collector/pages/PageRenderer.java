package dev.lettershop.collector.pages;

import dev.lettershop.collector.http.Response;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Makes HTML of pages, escaped, with the headers that all of them have. Thread-safe. */
final class PageRenderer {
  private static final Variant HTML = Variant.forContentType(Variant.TEXT_HTML);

  private final Engine engine =
      Engine.builder()
          .addDefaults()
          .addValueResolver(new ReflectionValueResolver())
          .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
          .addLocator(PageRenderer::locate)
          .build();
  private final String policy;

  /**
   * @param imageOrigin where a logo comes from, or null
   */
  PageRenderer(String imageOrigin) {
    this.policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'"
            + (imageOrigin == null ? "" : "; img-src " + imageOrigin);
  }

  private static Optional<TemplateLocation> locate(String name) {
    var in = PageRenderer.class.getResourceAsStream(name + ".html");
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

  /**
   * @param template name of the template
   * @param page what it shows beside the frame
   */
  Response render(int status, String template, Language language, Frame frame, Object page) {
    String html =
        engine
            .getTemplate(template)
            .data("t", language)
            .data("frame", frame)
            .data("page", page)
            .render();
    return secured(Response.html(status, html)).with("content-language", language.tag());
  }

  /** With the headers of everything that is about one person. */
  Response secured(Response response) {
    return response
        .with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer")
        .with("x-robots-tag", "noindex, nofollow")
        .with("content-security-policy", policy);
  }
}
