package dev.lettershop.playground.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeFeedTest {
  private final ChangeFeed feed = new ChangeFeed();

  @Test
  void saysWhatARunHasComeTo() {
    assertThat(
            feed.changed(
                JsonPathTest.yaml(
                    """
                    kind: CampaignRun
                    metadata: {name: quickstart}
                    status:
                      audience: {selected: 294}
                      deliveries: {sent: 120}
                      conditions: [{type: Succeeded, status: Unknown, reason: Sending, message: m}]
                    """)))
        .contains(
            "campaignrun/quickstart             Unknown   Sending            120 of 294 sent");
  }

  @Test
  void saysWhyACampaignIsNotReady() {
    assertThat(
            feed.changed(
                JsonPathTest.yaml(
                    """
                    kind: Campaign
                    metadata: {name: autumn-sale}
                    status:
                      nextRunTime: "2026-11-30T14:00:00Z"
                      conditions: [{type: Ready, status: "False", reason: Invalid, message: "spec.topic: no\\u0007ne"}]
                    """)))
        .contains(
            "campaign/autumn-sale               False     Invalid            spec.topic: no ne");
  }

  @Test
  void saysNothingTwice() {
    String job =
        """
        kind: Job
        metadata: {name: quickstart, resourceVersion: "%s"}
        spec: {completions: 2}
        status: {succeeded: %s}
        """;

    assertThat(feed.changed(JsonPathTest.yaml(job.formatted("1", "0"))))
        .contains("job/quickstart                     Running                      0/2 completed");
    assertThat(feed.changed(JsonPathTest.yaml(job.formatted("2", "0")))).isEmpty();
    assertThat(feed.changed(JsonPathTest.yaml(job.formatted("3", "1")))).isPresent();
  }

  @Test
  void keepsQuietAboutWhatNobodyHasLookedAtYet() {
    assertThat(feed.changed(JsonPathTest.yaml("{kind: Segment, metadata: {name: vip}}"))).isEmpty();
  }

  @Test
  void linesUpWithItsHeading() {
    assertThat(ChangeFeed.heading())
        .isEqualTo("RESOURCE                           STATUS    REASON");
  }
}
