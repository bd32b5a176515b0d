package dev.lettershop.bench;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.TemplateCompiler;
import dev.lettershop.template.TemplateResult;
import dev.lettershop.template.model.Recommendation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A newsletter of 40 KB with 30 variables and a loop over 10 products, in each language. */
final class NewsletterSource {
  private static final int VARIABLES = 30;
  private static final int PRODUCTS = 10;
  private static final int HTML_LENGTH = 40_000;
  private static final String WORDS =
      "Our kitchens, gardens and workshops have been busy this month, and so have we. ";

  private NewsletterSource() {}

  static ProfileSchema schema() {
    List<Attribute> attributes = new ArrayList<>();
    for (int i = 0; i < VARIABLES; i++) {
      attributes.add(new Attribute("field_" + i, AttributeType.String, false));
    }
    return ProfileSchema.of(attributes, List.of());
  }

  static EmailTemplateSpec spec(TemplateEngine engine) {
    StringBuilder html = new StringBuilder("<html><body><table>");
    int each = HTML_LENGTH / VARIABLES - 80;
    for (int i = 0; i < VARIABLES; i++) {
      html.append("<tr><td><p>{{profile.field_").append(i).append("}} ");
      html.append(WORDS.repeat(each / WORDS.length())).append("</p></td></tr>\n");
    }
    String link = "<a href=\"https://shop.example/p/";
    html.append(
        switch (engine) {
          case Mustache ->
              "{{#recommendations}}<tr><td>"
                  + link
                  + "{{id}}\">{{name}}</a> {{price}} {{currency}}"
                  + "</td></tr>{{/recommendations}}";
          case Handlebars ->
              "{{#each recommendations}}<tr><td>"
                  + link
                  + "{{id}}\">{{name}}</a> {{price}}"
                  + " {{currency}}</td></tr>{{/each}}";
          case Liquid ->
              "{% for p in recommendations %}<tr><td>"
                  + link
                  + "{{ p.id }}\">{{ p.name }}</a>"
                  + " {{ p.price }} {{ p.currency }}</td></tr>{% endfor %}";
        });
    html.append("</table><p><a href=\"{{links.unsubscribe}}\">Unsubscribe</a></p></body></html>");
    return new EmailTemplateSpec(
        null,
        engine,
        null,
        "News for {{profile.field_0}}",
        null,
        html.toString(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Compiles it as a plan would. */
  static CompiledTemplate compile(TemplateEngine engine) {
    TemplateResult result =
        new TemplateCompiler().compile("newsletter", spec(engine), Map.of(), schema());
    if (!result.succeeded()) {
      throw new IllegalStateException("The newsletter does not compile: " + result.problems());
    }
    return result.template();
  }

  /** Recipients that differ from each other. */
  static List<RenderContext> recipients(int count) {
    List<Recommendation> products = new ArrayList<>();
    for (int i = 0; i < PRODUCTS; i++) {
      products.add(
          new Recommendation(
              "sku-" + i, "Tea & biscuits no. " + i, null, null, null, 9.5 + i, "EUR"));
    }
    List<RenderContext> recipients = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      Map<String, Object> attributes = new HashMap<>();
      for (int i = 0; i < VARIABLES; i++) {
        attributes.put("field_" + i, "Value " + i + " of <recipient> " + r);
      }
      recipients.add(
          new RenderContext(
              new Profile(attributes, List.of()),
              Map.of(),
              "newsletter",
              Instant.parse("2027-03-01T09:00:00Z"),
              Map.of("unsubscribe", "https://mail.example/u/" + r),
              products));
    }
    return recipients;
  }
}
