package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.api.v1alpha1.template.TemplatePartial;
import dev.lettershop.api.v1alpha1.template.TemplateSlot;
import dev.lettershop.api.v1alpha1.template.TemplateTranslation;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds template specs for tests: a subject, an unsubscribe link, no findings unless asked for.
 */
public final class Templates {
  public static final String UNSUBSCRIBE = "<a href=\"{{links.unsubscribe}}\">Unsubscribe</a>";
  static final Instant NOW = Instant.parse("2027-03-01T09:30:00Z");
  static final String UNSUBSCRIBE_URL = "https://mail.example/u?a=1&b=2";

  private TemplateEngine engine = TemplateEngine.Mustache;
  private String locale;
  private String subject = "News";
  private String preheader;
  private String html;
  private String mjml;
  private String text;
  private final List<TemplatePartial> partials = new ArrayList<>();
  private final List<TemplateSlot> slots = new ArrayList<>();
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final List<TemplateTranslation> translations = new ArrayList<>();

  static Templates html(String html) {
    Templates template = new Templates();
    template.html = html;
    return template;
  }

  /** HTML that is not judged for lacking an unsubscribe link. */
  public static Templates body(String html) {
    return html(html + UNSUBSCRIBE);
  }

  public Templates engine(TemplateEngine engine) {
    this.engine = engine;
    return this;
  }

  public Templates subject(String subject) {
    this.subject = subject;
    return this;
  }

  Templates preheader(String preheader) {
    this.preheader = preheader;
    return this;
  }

  Templates mjml(String mjml) {
    this.mjml = mjml;
    return this;
  }

  Templates text(String text) {
    this.text = text;
    return this;
  }

  Templates partial(String name, String template) {
    partials.add(new TemplatePartial(name, new LocalRef(template)));
    return this;
  }

  Templates slot(String name, String defaultValue) {
    slots.add(new TemplateSlot(name, SlotType.Text, defaultValue));
    return this;
  }

  Templates defaultFor(String attribute, String value) {
    defaults.put(attribute, value);
    return this;
  }

  Templates slot(String name, SlotType type, String defaultValue) {
    slots.add(new TemplateSlot(name, type, defaultValue));
    return this;
  }

  Templates locale(String locale) {
    this.locale = locale;
    return this;
  }

  Templates translation(TemplateTranslation translation) {
    translations.add(translation);
    return this;
  }

  EmailTemplateSpec spec() {
    return new EmailTemplateSpec(
        new LocalRef("default"),
        engine,
        locale,
        subject,
        preheader,
        html,
        mjml,
        text,
        partials,
        slots,
        defaults,
        translations,
        List.of());
  }

  public TemplateResult compile() {
    return compile(Map.of());
  }

  public TemplateResult compile(Map<String, EmailTemplateSpec> others) {
    return new TemplateCompiler().compile("mail", spec(), others, schema());
  }

  /** For mails of which opens and clicks are recorded. */
  TemplateResult compileRecording() {
    return new TemplateCompiler()
        .compile(
            "mail", spec(), Map.of(), schema(), new TemplateCompiler.Recording(true, true), false);
  }

  /** What {@code profile} gets, when the template compiles. */
  public RenderedMail render(Map<String, Object> profile, Map<String, String> content) {
    TemplateResult result = compile();
    if (!result.succeeded()) {
      throw new AssertionError("Does not compile: " + findings(result));
    }
    return render(result.template(), profile, content);
  }

  public static RenderedMail render(
      CompiledTemplate template, Map<String, Object> profile, Map<String, String> content) {
    return render(template, new Profile(profile, List.of()), content);
  }

  public static RenderedMail render(
      CompiledTemplate template, Profile profile, Map<String, String> content) {
    Map<String, String> filled = new LinkedHashMap<>(template.slots());
    filled.putAll(content);
    return new TemplateRenderer(template)
        .render(
            RenderContext.of(
                profile, filled, "spring-sale", NOW, Map.of("unsubscribe", UNSUBSCRIBE_URL)));
  }

  /** One line per finding: {@code error spec.html 1:5: message; fix}. */
  public static List<String> findings(TemplateResult result) {
    return result.problems().stream()
        .map(
            found ->
                found.problem().severity().name().toLowerCase(java.util.Locale.ROOT)
                    + " "
                    + found.field()
                    + (found.problem().position() == null ? "" : " " + found.problem().position())
                    + ": "
                    + found.problem().message()
                    + (found.problem().fix() == null ? "" : "; " + found.problem().fix()))
        .toList();
  }

  static ProfileSchema schema() {
    return ProfileSchema.of(
        List.of(
            attribute("first_name", AttributeType.String),
            attribute("city", AttributeType.String),
            attribute("is_vip", AttributeType.Boolean),
            attribute("orders", AttributeType.Integer),
            attribute("lifetime_value", AttributeType.Double),
            attribute("last_active_at", AttributeType.Timestamp),
            attribute("interests", AttributeType.StringList),
            attribute("none", AttributeType.StringList),
            attribute("nothing", AttributeType.String)),
        List.of(
            new EventType(
                "product_viewed",
                List.of(
                    new EventProperty("product", AttributeType.String),
                    new EventProperty("price", AttributeType.Double)))));
  }

  private static Attribute attribute(String name, AttributeType type) {
    return new Attribute(name, type, false);
  }
}
