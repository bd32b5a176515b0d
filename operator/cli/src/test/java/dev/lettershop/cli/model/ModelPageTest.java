package dev.lettershop.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.GroupSize;
import dev.lettershop.api.v1alpha1.model.ModelFigures;
import dev.lettershop.models.Evaluation;
import dev.lettershop.models.Judgement;
import dev.lettershop.models.Survey;
import dev.lettershop.models.VersionReport;
import dev.lettershop.models.learn.Figures;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ModelPageTest {
  private static Evaluation chances(String refused) {
    return new Evaluation(
        new VersionReport(
            null,
            null,
            refused == null,
            new Judgement(
                "RandomForest",
                new ModelFigures(500L, "0.2", "0.81", "0.12", "0.16", "3.1", null, null),
                List.of(
                    new FeatureFigures("recency", "0.2", null),
                    new FeatureFigures("orders", "-0.001", null)),
                List.of(new Figures.Tenth(0.1, 0.12), new Figures.Tenth(0.7, 0.6)),
                List.of(),
                refused,
                refused == null ? null : "AUC <0.9>")),
        new Survey(
            List.of(
                new FeatureFigures("recency", null, "0.31"),
                new FeatureFigures("orders", null, "0.02")),
            List.of(new GroupSize("0.0", 400L), new GroupSize("0.1", 100L))));
  }

  /** A plot of a page, which has to be well-formed. */
  private static Document plot(String page, int number) throws Exception {
    String part = page.split("<svg", -1)[number];
    String svg = "<svg" + part.substring(0, part.indexOf("</svg>")) + "</svg>";
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static Element bar(Document plot, int number) {
    return (Element) plot.getElementsByTagName("rect").item(number);
  }

  private static double width(Document plot, int number) {
    return Double.parseDouble(bar(plot, number).getAttribute("width"));
  }

  @Test
  void chancesHaveCalibrationImportanceDriftAndPeople() throws Exception {
    String page = ModelPage.of("churn", chances(null));

    assertThat(page)
        .contains("<h2>Calibration</h2>", "<h2>Importance</h2>", "<h2>Drift</h2>")
        .contains("<h2>People</h2>", "AUC 0.81", "said 10.0%, came 12.0%", "good enough to be used")
        .doesNotContain("<script", "http");
    assertThat(plot(page, 1).getElementsByTagName("circle").getLength()).isEqualTo(2);
    // Of negative importance there is no bar.
    assertThat(width(plot(page, 2), 0)).isPositive();
    assertThat(width(plot(page, 2), 1)).isZero();
    assertThat(bar(plot(page, 3), 0).getAttribute("class")).isEqualTo("warn");
    assertThat(bar(plot(page, 3), 1).getAttribute("class")).isEqualTo("bar");
    assertThat(width(plot(page, 4), 0)).isEqualTo(4 * width(plot(page, 4), 1));
  }

  @Test
  void whatIsRefusedSaysSoAndIsEscaped() {
    assertThat(ModelPage.of("a<b", chances("NotGoodEnough")))
        .contains("NOT good enough: AUC &lt;0.9&gt;", "<title>Model a&lt;b</title>");
  }

  @Test
  void recommendationsHaveFiguresOnly() {
    ModelFigures figures =
        new ModelFigures(50L, null, null, null, null, null, null, null, "0.16", "0.08");
    Evaluation evaluation =
        new Evaluation(
            new VersionReport(
                null, null, true, new Judgement("Cosine", figures, null, null, null, null, null)),
            new Survey(List.of(), List.of()));

    assertThat(ModelPage.of("also", evaluation))
        .contains("the newest item of 0.16 was among ten recommended")
        .doesNotContain("<svg", "<h2>");
  }
}
