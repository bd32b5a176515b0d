package dev.lettershop.playground.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.playground.api.ResourceKinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceTableTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  private static final String CAMPAIGNS =
      """
      - metadata: {name: spring-sale, creationTimestamp: "2026-11-20T09:00:00Z"}
        spec: {topic: newsletter}
      - metadata: {name: autumn-sale, creationTimestamp: "2026-11-24T08:57:00Z"}
        spec: {topic: newsletter, schedule: {cron: 0 9 * * MON}}
        status:
          nextRunTime: "2026-11-30T14:00:00Z"
          lastRun: {audience: 294, sent: 290, failed: 4, startTime: "2026-11-24T08:59:18Z"}
          conditions:
          - {type: Ready, status: "True", reason: Scheduled}
          - {type: LastRunSucceeded, status: "False", reason: FailedRecipients}
      """;

  @Test
  void ofCampaignsHasTheColumnsOfTheirCrd() {
    assertThat(table("campaigns", false, false, CAMPAIGNS))
        .containsExactly(
            "NAME          READY   SCHEDULE      SUSPENDED   NEXT                  "
                + " AUDIENCE   SENT   FAILED   LAST RUN   OUTCOME   AGE",
            "autumn-sale   True    0 9 * * MON               2026-11-30T14:00:00Z  "
                + " 294        290    4        42s                  3m",
            "spring-sale                                                           "
                + "                                                 4d");
  }

  @Test
  void thatIsWideHasTheOtherColumnsToo() {
    assertThat(table("cmp", true, true, CAMPAIGNS).get(0).split(" {3,}"))
        .containsExactly(
            "NAME",
            "READY",
            "SCHEDULE",
            "SUSPENDED",
            "NEXT",
            "AUDIENCE",
            "SENT",
            "FAILED",
            "LAST RUN",
            "OUTCOME",
            "REASON",
            "AT",
            "TRIGGER",
            "TOPIC",
            "AGE");
    assertThat(table("cmp", true, true, CAMPAIGNS).get(1))
        .startsWith("campaign.lettershop.dev/autumn-sale   True ")
        .contains("  Scheduled  ", "  newsletter  ");
  }

  @Test
  void ofJobsSaysHowTheyStand() {
    assertThat(
            table(
                "job.batch",
                false,
                false,
                """
                - metadata: {name: quickstart, creationTimestamp: "2026-11-24T08:59:00Z"}
                  spec: {completions: 4}
                  status:
                    succeeded: 4
                    startTime: "2026-11-24T08:59:01Z"
                    completionTime: "2026-11-24T08:59:07Z"
                    conditions: [{type: SuccessCriteriaMet, status: "True"}, {type: Complete, status: "True"}]
                - metadata: {name: under-way, creationTimestamp: "2026-11-24T08:59:50Z"}
                  spec: {}
                  status: {startTime: "2026-11-24T08:59:50Z", conditions: [{type: Failed, status: "False"}]}
                """))
        .containsExactly(
            "NAME         STATUS     COMPLETIONS   DURATION   AGE",
            "quickstart   Complete   4/4           6s         60s",
            "under-way    Running    0/1           10s        10s");
  }

  @Test
  void ofPodsSaysWhyOneWaits() {
    assertThat(
            table(
                "po",
                false,
                false,
                """
                - metadata: {name: a, creationTimestamp: "2026-11-24T08:59:00Z"}
                  spec: {containers: [{}]}
                  status:
                    phase: Pending
                    containerStatuses: [{ready: false, restartCount: 2, state: {waiting: {reason: ImagePullBackOff}}}]
                - metadata: {name: b, creationTimestamp: "2026-11-24T08:59:00Z"}
                  spec: {containers: [{}]}
                  status: {phase: Running, containerStatuses: [{ready: true, state: {running: {}}}]}
                """))
        .containsExactly(
            "NAME   READY   STATUS             RESTARTS   AGE",
            "a      0/1     ImagePullBackOff   2          60s",
            "b      1/1     Running            0          60s");
  }

  @Test
  void ofEventsEndsWithTheNewest() {
    assertThat(
            table(
                "events",
                false,
                false,
                """
                - metadata: {name: b}
                  lastTimestamp: "2026-11-24T08:59:50Z"
                  type: Normal
                  reason: RunSucceeded
                  involvedObject: {kind: Campaign, name: autumn-sale}
                  message: "294 sent\\n"
                - metadata: {name: a}
                  lastTimestamp: "2026-11-24T08:59:00Z"
                  type: Normal
                  reason: RunStarted
                  involvedObject: {kind: Campaign, name: autumn-sale}
                  message: "Run quickstart"
                """))
        .containsExactly(
            "LAST SEEN   TYPE     REASON         OBJECT                 MESSAGE",
            "60s         Normal   RunStarted     campaign/autumn-sale   Run quickstart",
            "10s         Normal   RunSucceeded   campaign/autumn-sale   294 sent");
  }

  @Test
  void giveTheTerminalNothingToObey() {
    assertThat(
            table(
                "campaignruns",
                false,
                false,
                "- {metadata: {name: a}, spec: {campaignRef: {name: \"x\\e[2Jy\"}}}"))
        .last()
        .asString()
        .contains("x [2Jy");
  }

  private static List<String> table(String kind, boolean wide, boolean withKind, String yaml) {
    List<JsonNode> resources = new ArrayList<>();
    JsonPathTest.yaml(yaml).forEach(resources::add);
    return new ResourceTable(ResourceKinds.called(kind).get(0), wide, withKind).of(resources, NOW);
  }
}
