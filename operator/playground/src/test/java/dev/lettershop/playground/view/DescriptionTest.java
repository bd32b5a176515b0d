package dev.lettershop.playground.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptionTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  @Test
  void saysWhatIsAskedForWhatIsAndWhatHappened() {
    String description =
        Description.of(
            JsonPathTest.yaml(
                """
                apiVersion: lettershop.dev/v1alpha1
                kind: Campaign
                metadata:
                  name: autumn-sale
                  namespace: shop
                  generation: 3
                  creationTimestamp: "2026-11-24T08:55:00Z"
                  labels: {team: post, tier: gold}
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
                spec:
                  topic: newsletter
                  audience: {include: [new-york, vip]}
                  suspend: false
                  content:
                    rules:
                    - when: |
                        profile.city == "New York"
                        && true
                      set: {headline: Hello}
                    - {segment: vip}
                status:
                  observedGeneration: 3
                  conditions:
                  - type: Ready
                    status: "True"
                    reason: Scheduled
                    message: Runs next on Monday
                    lastTransitionTime: "2026-11-24T08:58:20Z"
                  - {type: ResolvedRefs, status: "True", reason: Resolved, message: ""}
                """),
            List.of(
                JsonPathTest.yaml(
                    """
                    {lastTimestamp: "2026-11-24T08:59:00Z", type: Normal, reason: B, message: second}
                    """),
                JsonPathTest.yaml(
                    """
                    {lastTimestamp: "2026-11-24T08:58:00Z", type: Warning, reason: A, message: first}
                    """)),
            NOW);

    assertThat(description)
        .isEqualTo(
            """
            Name:         autumn-sale
            Namespace:    shop
            Labels:       team=post
                          tier=gold
            Annotations:  <none>
            API Version:  lettershop.dev/v1alpha1
            Kind:         Campaign
            Created:      2026-11-24T08:55:00Z (5m ago)
            Generation:   3
            Spec:
              topic: newsletter
              audience:
                include:
                  - new-york
                  - vip
              suspend: false
              content:
                rules:
                  - when: profile.city == "New York" ⏎ && true
                    set:
                      headline: Hello
                  - segment: vip
            Status:
              observedGeneration: 3
            Conditions:
              TYPE           STATUS   REASON      AGE    MESSAGE
              Ready          True     Scheduled   100s   Runs next on Monday
              ResolvedRefs   True     Resolved
            Events:
              LAST SEEN   TYPE      REASON   MESSAGE
              2m          Warning   A        first
              60s         Normal    B        second
            """);
  }

  @Test
  void keepsTheDataOfASecretToItself() {
    String description =
        Description.of(
            JsonPathTest.yaml(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: smtp, namespace: shop}
                data: {password: aHVzaA==}
                """),
            List.of(),
            NOW);

    assertThat(description)
        .contains("  password: 8 characters\n", "Events:       <none>\n")
        .doesNotContain("aHVzaA==");
  }
}
