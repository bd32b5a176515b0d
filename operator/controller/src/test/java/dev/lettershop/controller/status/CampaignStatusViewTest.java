package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CampaignStatusViewTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  /** What is observed, as it stands in a file. */
  record Observation(Campaign campaign, String planHash, List<CampaignRun> runs, String next) {}

  @TestFactory
  Stream<DynamicTest> status_of_a_campaign() throws IOException {
    return new GoldenFolder("campaign")
        .tests(
            Observation.class,
            seen ->
                CampaignStatusView.compute(
                    seen.campaign(),
                    Conditions.of(
                            seen.campaign().getStatus() == null
                                ? null
                                : seen.campaign().getStatus().conditions(),
                            seen.campaign().getMetadata().getGeneration(),
                            NOW)
                        .ready("Scheduled", "Is sent by its schedule"),
                    seen.planHash(),
                    seen.runs() == null ? List.of() : seen.runs(),
                    seen.next() == null ? null : Instant.parse(seen.next())));
  }
}
