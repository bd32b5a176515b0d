package dev.lettershop.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentPowerTest {

  private static List<Diagnostic> problems(String decision) {
    return ExperimentPower.problems(
        ResourceSet.builder()
            .add(
                ResourceParser.parse(
                    "campaign.yaml",
                    """
                    apiVersion: lettershop.dev/v1alpha1
                    kind: Campaign
                    metadata: {name: sale}
                    spec:
                      from: {name: Shop, address: news@shop.example}
                      topic: newsletter
                      audience: {include: [all]}
                      goal: {event: order_completed}
                      experiment:
                        variants: [{name: a, weight: 50}, {name: b, weight: 50}]
                        decision: %s
                    """
                        .formatted(decision)))
            .build());
  }

  @Test
  void fiveHundredPeopleDoNotShowThatTwiceAsManyClick() {
    assertThat(problems("{metric: Click}"))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.field()).isEqualTo("spec.experiment.decision.minimumPerVariant");
              assertThat(found.message())
                  .isEqualTo(
                      "500 people of each variant show only changes of 131% and more in 80% of all"
                          + " tests, where 3 of 100 people click");
            });
  }

  @Test
  void enoughPeopleAreNotWarnedAbout() {
    assertThat(problems("{metric: Click, minimumPerVariant: 2500}")).isEmpty();
    assertThat(problems("{metric: Open}")).isEmpty();
    assertThat(problems("{metric: Conversion, minimumPerVariant: 2500}")).hasSize(0);
  }

  @Test
  void soFewPeopleShowNothing() {
    assertThat(problems("{metric: Conversion, minimumPerVariant: 1}"))
        .singleElement()
        .extracting(Diagnostic::message)
        .asString()
        .contains("1 people of each variant show no change at all");
  }
}
