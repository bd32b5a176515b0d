package dev.lettershop.playground.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import dev.lettershop.api.v1alpha1.run.RunAudience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuickstartTextTest {

  @Test
  void saysWhoGotWhatAndWhoDidNotAndWhy() {
    Map<String, Long> content = new LinkedHashMap<>();
    content.put("Exclusive NY Store Deals!", 1_200L);
    content.put("Nobody saw this", 0L);
    content.put("Early access", 30L);
    QuickstartResult result =
        new QuickstartResult(
            3,
            "autumn-sale",
            "quickstart",
            status(),
            null,
            List.of(new ReadSource("crm", 1_550, 48), new ReadSource("orders", 3_488, 0)),
            content,
            1_230,
            Path.of("/shop/index.html"),
            Duration.ofMillis(6_240));

    assertThat(new QuickstartText("./lettershop", "samples/quickstart").of(result))
        .isEqualTo(
            """
            Read
                 1,550  crm, 48 unusable
                 3,488  orders
                        unusable records, each with its line and reason: quarantine.csv

            Audience
                 1,234  people get mail
                   130  have not consented to the topic
                     3  have no usable address
                     2  left out: somethingNew

            Sent
                 1,230  mails, all of them in the inbox
                     4  failed for good

            Content
                 1,200  Exclusive NY Store Deals!
                    30  Early access

            Done in 6.2 s. Look at the mails in a browser:
              file:///shop/index.html

            What to try next: change a rule in samples/quickstart/campaign.yaml, and
              ./lettershop lint -f samples/quickstart
              ./lettershop plan -f samples/quickstart campaign/autumn-sale
              ./lettershop quickstart
              ./lettershop quickstart --stay      (the mails' links work, too)
            or keep the cluster running and look around in it:
              ./lettershop playground
            """);
  }

  private static CampaignRunStatus status() {
    Map<String, Long> skipped =
        Map.of("noConsent", 130L, "noAddress", 3L, "holdout", 0L, "somethingNew", 2L);
    return new CampaignRunStatus(
        null,
        List.of(),
        "sha256:0",
        "2026-11-23T20:00:00Z",
        "2026-11-23T20:00:06Z",
        new RunAudience(1_234L, skipped),
        new DeliveryCounts(1_234L, 1_230L, 0L, 4L, 0L),
        List.of(),
        Map.of());
  }
}
