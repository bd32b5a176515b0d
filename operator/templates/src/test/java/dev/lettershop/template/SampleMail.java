package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One made-up recipient, to whom templates in all languages are rendered. */
final class SampleMail {
  static final Profile ADA =
      new Profile(
          Map.of(
              "id",
              "p1",
              "email",
              "ada@mail.example",
              "first_name",
              "Ada",
              "city",
              "Paris & Rom",
              "is_vip",
              true,
              "orders",
              0L,
              "lifetime_value",
              5000.0,
              "last_active_at",
              Instant.parse("2027-02-28T23:30:00Z"),
              "interests",
              List.of("books", "tea"),
              "none",
              List.of()),
          List.of(
              new Event(
                  "product_viewed",
                  Instant.parse("2027-02-01T00:00:00Z"),
                  Map.of("product", "hat", "price", 9.0)),
              new Event(
                  "product_viewed",
                  Instant.parse("2027-02-02T00:00:00Z"),
                  Map.of("product", "shoe", "price", 12.5))));

  private SampleMail() {}

  private static Templates template(TemplateEngine engine, String html) {
    return Templates.html(html + "<!--end-->" + Templates.UNSUBSCRIBE)
        .text("{{links.unsubscribe}}")
        .engine(engine)
        .slot("markup", "<b>&\"'")
        .slot("empty", "");
  }

  /** What Ada sees of a body. */
  static String html(TemplateEngine engine, String html) {
    TemplateResult result = template(engine, html).compile();
    if (!result.succeeded()) {
      throw new AssertionError("Does not compile: " + Templates.findings(result));
    }
    String rendered = Templates.render(result.template(), ADA, Map.of()).html();
    return rendered.substring(0, rendered.indexOf("<!--end-->"));
  }

  /** Seven, as a store with that schema has amounts. */
  static String money(ProfileSchema schema, TemplateEngine engine, String html) {
    TemplateResult result =
        new TemplateCompiler().compile("mail", template(engine, html).spec(), Map.of(), schema);
    if (!result.succeeded()) {
      throw new AssertionError("Does not compile: " + Templates.findings(result));
    }
    String rendered = Templates.render(result.template(), Map.of("orders", 7L), Map.of()).html();
    return rendered.substring(0, rendered.indexOf("<!--end-->"));
  }

  static List<String> findings(TemplateEngine engine, String html) {
    return Templates.findings(template(engine, html).compile());
  }
}
