package dev.lettershop.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.pipeline.MailLinks;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.profile.Profile;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.preview.PreviewSubject;
import dev.lettershop.worker.preview.Previewer;
import dev.lettershop.worker.preview.SampleProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What previews, {@code render} and test mails show is what a run sends, byte for byte. */
class SameMailTest {
  private static final Path SAMPLES = Path.of("../../samples");
  private static final Instant NOW = Instant.parse("2027-03-01T09:30:00Z");
  private static final MailLinks LINKS =
      new MailLinks("https://mail.example/u/preview", "https://mail.example/p/preview");
  private static final List<String> LOCALES = List.of("", "en", "de", "de-AT", "fr", "ar", "xx");

  private static final String TRANSLATED =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: translated}
      spec:
        subject: "{{content.headline}}"
        html: |
          <!DOCTYPE html><html lang="en"><body><h1>{{content.headline}}</h1><p>{{content.intro}}</p>
          <p>{{#date}}{{campaign.date}}{{/date}} {{profile.first_name}}</p>
          <a href="{{links.unsubscribe}}">Unsubscribe</a></body></html>
        defaults: {first_name: there}
        slots: [{name: headline, default: News}, {name: intro, default: Hello}]
        translations:
        - {locale: de, slots: {headline: Neues, intro: Hallo}, defaults: {first_name: Du}}
        - {locale: de-AT, slots: {intro: Servus}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: translated}
      spec:
        from: {name: Acme Outfitters, address: news@acme.example}
        topic: newsletter
        audience: {include: [high-value]}
        schedule: {cron: "0 9 * * MON"}
        content:
          templateRef: {name: translated}
          rules:
          - when: profile.city == "New York"
            set: {headline: NY only}
            translations: [{locale: de, set: {headline: Nur in New York}}]
      """;

  /** A campaign for a template that no campaign of the samples uses. */
  private static final String CAMPAIGN =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: of-%1$s}
      spec:
        from: {name: Acme Outfitters, address: news@acme.example}
        topic: newsletter
        audience: {include: [everybody]}
        schedule: {cron: "0 9 * * MON"}
        content:
          templateRef: {name: %1$s}
      ---
      """;

  private static final String AROUND =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: everybody}
      spec: {expression: "profile.id != ''"}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: default}
      spec: {smtp: {host: relay.example, port: 25}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"autumn-sale", "translated"})
  void aRunSendsWhatIsShown(String campaign) throws IOException {
    assertSame(plan(campaign));
  }

  /** As they are shipped, whatever starts them. */
  @ParameterizedTest
  @CsvSource({
    "gitops/apps/base, monthly",
    "triggers, cart-1-hour",
    "triggers, cart-1-day",
    "triggers, cart-3-days",
    "triggers, back-in-stock",
    "triggers, birthday",
    "triggers, order-confirmation",
    "triggers, welcome",
    "triggers, welcome-2-days",
    "triggers, welcome-1-week",
  })
  void aRunSendsWhatIsShownOfEverySampleCampaign(String folder, String campaign)
      throws IOException {
    Compiled<PlanDocument> result = new PlanCompiler(files(folder).build()).campaign(campaign);
    assertThat(result.value()).as(String.valueOf(result.diagnostics())).isNotNull();
    assertSame(result.value().plan());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abandoned-cart", "newsletter", "product-recommendation", "welcome", "win-back"})
  void aRunSendsWhatIsShownOfEverySampleTemplate(String template) throws IOException {
    ResourceSet.Builder builder = files("templates");
    builder.add(ResourceParser.parse("made.yaml", CAMPAIGN.formatted(template) + AROUND));
    Compiled<PlanDocument> result = new PlanCompiler(builder.build()).campaign("of-" + template);
    assertThat(result.value()).as(String.valueOf(result.diagnostics())).isNotNull();
    assertSame(result.value().plan());
  }

  private static void assertSame(Plan plan) {
    PlanRenderer run = new PlanRenderer(plan, new PlanRules(plan), NOW, null);
    Previewer previewer = new Previewer(NOW);
    int compared = 0;
    for (PreviewSubject subject : subjects(plan)) {
      SampleProfile somebody = previewer.samples(subject, List.of()).get(0);
      for (String city : new String[] {"New York", "Rome"}) {
        for (String locale : LOCALES) {
          SampleProfile sample = sample(somebody, city, locale);
          RenderedMail shown = previewer.fill(subject, sample).mail();
          RenderedMail sent =
              run.render(
                  new Recipient(1, subject.variant(), 0, sample.email(), sample.profile()), LINKS);
          assertThat(shown).as(subject.title() + " " + city + " " + locale).isEqualTo(sent);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(2 * LOCALES.size());
  }

  @Test
  void slotsAndRulesComeInTheLanguageOfTheProfile() throws IOException {
    Plan plan = plan("translated");
    Previewer previewer = new Previewer(NOW);
    PreviewSubject subject = subjects(plan).get(0);
    SampleProfile somebody = previewer.samples(subject, List.of()).get(0);

    RenderedMail rome = previewer.fill(subject, sample(somebody, "Rome", "de-AT")).mail();
    RenderedMail newYork = previewer.fill(subject, sample(somebody, "New York", "de")).mail();

    assertThat(rome.subject()).isEqualTo("Neues");
    assertThat(rome.html()).contains("Servus").contains("1. März 2027 Du");
    assertThat(newYork.subject()).isEqualTo("Nur in New York");
  }

  private static SampleProfile sample(SampleProfile somebody, String city, String locale) {
    Map<String, Object> attributes = new HashMap<>(somebody.profile().attributes());
    attributes.put("city", city);
    if (!locale.isEmpty()) {
      attributes.put("locale", locale);
    }
    Profile profile = new Profile(attributes, somebody.profile().events());
    return new SampleProfile(
        "sample", profile, profile, Map.of(), List.of(), somebody.email(), NOW);
  }

  private static List<PreviewSubject> subjects(Plan plan) {
    List<PreviewSubject> subjects = new ArrayList<>();
    if (plan.variants().isEmpty()) {
      subjects.add(subject(plan, plan.template(), null));
    }
    plan.variants().forEach(v -> subjects.add(subject(plan, v.template(), v.name())));
    return subjects;
  }

  private static PreviewSubject subject(Plan plan, String template, String variant) {
    return new PreviewSubject(
        "campaign/" + plan.campaign(),
        template,
        plan.templates().get(template),
        variant,
        plan.contentRules(),
        plan.segments(),
        plan.store(),
        plan,
        List.of());
  }

  private static Plan plan(String campaign) throws IOException {
    ResourceSet.Builder builder = files("quickstart");
    builder.add(ResourceParser.parse("translated.yaml", TRANSLATED));
    Compiled<PlanDocument> result = new PlanCompiler(builder.build()).campaign(campaign);
    assertThat(result.value()).as(String.valueOf(result.diagnostics())).isNotNull();
    return result.value().plan();
  }

  private static ResourceSet.Builder files(String folder) throws IOException {
    ResourceSet.Builder builder = ResourceSet.builder();
    try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        builder.add(ResourceParser.parse(file.toString(), Files.readString(file)));
      }
    }
    return builder;
  }

  /** A plan's hash changes only with its resources: nothing in it is drawn or in another order. */
  @ParameterizedTest
  @CsvSource({
    "quickstart, autumn-sale",
    "templates, of-abandoned-cart",
    "templates, of-newsletter",
    "templates, of-product-recommendation",
    "templates, of-welcome",
    "templates, of-win-back",
    "gitops/apps/base, monthly",
    "triggers, cart-1-hour",
    "triggers, back-in-stock",
    "triggers, birthday",
    "triggers, order-confirmation",
    "triggers, welcome"
  })
  void compilingTwiceGivesTheSameBytes(String folder, String campaign) throws IOException {
    String made =
        folder.equals("templates")
            ? CAMPAIGN.formatted(campaign.substring("of-".length())) + AROUND
            : null;
    List<String> compiled = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ResourceSet.Builder builder = files(folder);
      if (made != null) {
        builder.add(ResourceParser.parse("made.yaml", made));
      }
      Compiled<PlanDocument> result = new PlanCompiler(builder.build()).campaign(campaign);
      assertThat(result.value()).as(String.valueOf(result.diagnostics())).isNotNull();
      compiled.add(result.value().json());
    }
    assertThat(compiled.get(0)).isNotBlank().isEqualTo(compiled.get(1));
  }
}
