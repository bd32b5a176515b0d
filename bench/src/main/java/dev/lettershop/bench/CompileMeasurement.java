package dev.lettershop.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.api.v1alpha1.store.ProfileStoreSpec;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.TemplateCompiler;
import dev.lettershop.template.TemplateResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How long compiling takes: MJML, inlining, checks. The sample newsletter as it is, and with more
 * stories until it is 40 KB of HTML.
 */
final class CompileMeasurement {
  private static final Path SAMPLES = Path.of("samples/templates");
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 40;
  private static final double LIMIT_MILLIS = 300;
  private static final int MORE_STORIES = 8;
  private static final String STORY =
      """
      <mj-section css-class="paper" padding="8px 24px">
        <mj-column width="50%">
          <mj-image width="260px" src="https://images.acme.example/story.jpg" alt="A story" />
          <mj-text css-class="ink"><b>For {{profile.first_name}}</b> in this month's issue</mj-text>
        </mj-column>
        <mj-column width="50%">
          <mj-text css-class="soft">Bring it in, whoever has made it. Zips, seams and soles.
            <a href="https://shop.acme.example/repair">Book a slot</a></mj-text>
        </mj-column>
      </mj-section>
      """;

  private final ObjectMapper yaml = JsonMappers.YAML;

  private CompileMeasurement() {}

  static List<Figure> measure() throws IOException {
    return new CompileMeasurement().figures();
  }

  private List<Figure> figures() throws IOException {
    ObjectNode newsletter = (ObjectNode) yaml.readTree(SAMPLES.resolve("newsletter.yaml").toFile());
    EmailTemplateSpec sample = spec(newsletter);
    ObjectNode body = (ObjectNode) newsletter.get("spec");
    body.put(
        "mjml",
        body.get("mjml")
            .asText()
            .replace("{{>footer}}", STORY.repeat(MORE_STORIES) + "{{>footer}}"));
    List<Figure> figures = new ArrayList<>();
    figures.addAll(of("sample newsletter", sample));
    figures.addAll(of("large newsletter", spec(newsletter)));
    return figures;
  }

  private EmailTemplateSpec spec(ObjectNode resource) throws IOException {
    return yaml.treeToValue(resource.get("spec"), EmailTemplateSpec.class);
  }

  private List<Figure> of(String name, EmailTemplateSpec spec) throws IOException {
    EmailTemplateSpec footer =
        spec((ObjectNode) yaml.readTree(SAMPLES.resolve("footer.yaml").toFile()));
    ProfileStoreSpec store =
        yaml.treeToValue(
            yaml.readTree(SAMPLES.resolve("profile-store.yaml").toFile()).get("spec"),
            ProfileStoreSpec.class);
    ProfileSchema schema = ProfileSchema.of(store.attributes(), store.events());
    Map<String, EmailTemplateSpec> all = Map.of("newsletter", spec, "footer", footer);
    double[] millis = new double[ROUNDS];
    TemplateResult result = null;
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = System.nanoTime();
      result = new TemplateCompiler().compile("newsletter", spec, all, schema);
      if (round >= 0) {
        millis[round] = (System.nanoTime() - start) / 1e6;
      }
    }
    if (!result.succeeded()) {
      throw new IllegalStateException("The newsletter does not compile: " + result.problems());
    }
    Arrays.sort(millis);
    double size = result.template().html().getBytes(StandardCharsets.UTF_8).length / 1024.0;
    return List.of(
        Figure.of("compiled HTML of " + name, size, "KB"),
        Figure.of("compile " + name + ", median", millis[ROUNDS / 2], "ms")
            .against("limit", LIMIT_MILLIS),
        Figure.of("compile " + name + ", 95%", millis[ROUNDS * 95 / 100], "ms")
            .against("limit", LIMIT_MILLIS));
  }
}
