package dev.lettershop.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.template.TemplateCompiler;
import dev.lettershop.template.TemplateCompiler.Recording;
import dev.lettershop.template.TemplateRenderer;
import dev.lettershop.template.TemplateResult;
import dev.lettershop.template.link.RecordedLinks;
import dev.lettershop.worker.preview.PreviewSubject;
import dev.lettershop.worker.preview.Previewer;
import dev.lettershop.worker.preview.SampleProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail of which clicks and opens are recorded says, and leads to, what it would without that. */
class RecordedSamplesTest {
  private static final Path SAMPLES = Path.of("../../samples");
  private static final Instant NOW = Instant.parse("2027-03-01T09:30:00Z");
  private static final Map<String, String> LINKS =
      Map.of(
          "unsubscribe", "https://mail.example/u/preview",
          "preferences", "https://mail.example/p/preview");
  private static final Pattern RECORDED = Pattern.compile("https://links\\.example/c/(\\d+)x");
  private static final String IMAGE = "https://links.example/o/1";

  /** Notes what each link was made for. */
  private record Recorder(CompiledTemplate template, List<String> addresses)
      implements RecordedLinks {
    @Override
    public String click(int link, List<String> content, List<String> values) {
      List<String> pieces = template.links().get(link).with(content).orElse(null);
      if (pieces == null) {
        return null;
      }
      StringBuilder address = new StringBuilder(pieces.get(0));
      for (int i = 0; i < values.size(); i++) {
        address.append(values.get(i)).append(pieces.get(i + 1));
      }
      addresses.add(address.toString());
      return "https://links.example/c/" + (addresses.size() - 1) + "x";
    }

    @Override
    public String open() {
      return IMAGE;
    }

    String decoded(String text) {
      return RECORDED
          .matcher(text)
          .replaceAll(
              match -> Matcher.quoteReplacement(addresses.get(Integer.parseInt(match.group(1)))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "templates"})
  void everySampleSaysAndLeadsToTheSame(String folder) throws IOException {
    ResourceSet resources = resources(folder);
    Map<String, EmailTemplateSpec> specs = new LinkedHashMap<>();
    resources.emailTemplates().forEach((name, template) -> specs.put(name, template.getSpec()));
    Plan.Store store = new PlanCompiler(resources).storePlan("default").value();
    int links = 0;
    for (String name : specs.keySet()) {
      TemplateResult plain =
          new TemplateCompiler().compile(name, specs.get(name), specs, store.schema());
      TemplateResult recorded =
          new TemplateCompiler()
              .compile(
                  name, specs.get(name), specs, store.schema(), new Recording(true, true), false);
      assertThat(recorded.succeeded())
          .as(recorded.problems().toString())
          .isEqualTo(plain.succeeded());
      if (plain.succeeded()) {
        links += compare(name, specs.get(name), store, plain.template(), recorded.template());
      }
    }
    assertThat(links).as("links in the samples").isGreaterThanOrEqualTo(2);
  }

  private static int compare(
      String name,
      EmailTemplateSpec spec,
      Plan.Store store,
      CompiledTemplate plain,
      CompiledTemplate recorded) {
    PreviewSubject subject =
        new PreviewSubject(
            "template/" + name, name, plain, null, List.of(), Map.of(), store, null, List.of());
    for (SampleProfile sample : new Previewer(NOW).samples(subject, spec.previews())) {
      for (String locale : List.of("en", "de", "fr", "ar")) {
        String what = name + " for " + sample.name() + " in " + locale;
        RenderedMail expected = mail(plain, sample, locale, null);
        assertThat(mail(recorded, sample, locale, null)).as(what).isEqualTo(expected);

        Recorder recorder = new Recorder(recorded, new ArrayList<>());
        RenderedMail mail = mail(recorded, sample, locale, recorder);
        assertThat(recorder.decoded(mail.text())).as(what).isEqualTo(expected.text());
        assertThat(mail.subject()).as(what).isEqualTo(expected.subject());
        same(what, recorder, mail.html(), expected.html());
      }
    }
    return recorded.links().size();
  }

  private static void same(String what, Recorder recorder, String html, String expected) {
    Document mail = Jsoup.parse(html);
    Document plain = Jsoup.parse(expected);
    assertThat(mail.select("img[src=" + IMAGE + "]")).as(what).hasSize(1);
    mail.select("img[src=" + IMAGE + "]").remove();
    assertThat(mail.text()).as(what).isEqualTo(plain.text());
    List<String> decoded =
        mail.select("[href]").eachAttr("href").stream().map(recorder::decoded).toList();
    assertThat(decoded).as(what).isEqualTo(plain.select("[href]").eachAttr("href"));
    for (Element link : mail.select("a[href^=http]")) {
      assertThat(link.attr("href"))
          .as(what)
          .matches("https://links\\.example/c/\\d+x|https://mail\\.example/[up]/preview");
    }
  }

  private static RenderedMail mail(
      CompiledTemplate template, SampleProfile sample, String locale, RecordedLinks links) {
    Map<String, Object> attributes = new HashMap<>(sample.shown().attributes());
    attributes.put("locale", locale);
    Map<String, String> content = new HashMap<>(template.slots());
    content.putAll(sample.content());
    return new TemplateRenderer(template)
        .render(
            new RenderContext(
                new dev.lettershop.profile.Profile(attributes, sample.shown().events()),
                content,
                "sale",
                NOW,
                LINKS,
                sample.recommendations(),
                links));
  }

  private static ResourceSet resources(String folder) throws IOException {
    ResourceSet.Builder builder = ResourceSet.builder();
    try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        builder.add(ResourceParser.parse(file.toString(), Files.readString(file)));
      }
    }
    return builder.build();
  }
}
