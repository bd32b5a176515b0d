package dev.lettershop.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.insight.report.Outcomes;
import dev.lettershop.insight.report.Report;
import dev.lettershop.insight.report.ReportBuilder;
import dev.lettershop.insight.report.RunFacts;
import dev.lettershop.insight.report.Terms;
import dev.lettershop.store.ledger.SkipReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SkippedTest {
  private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");

  @Test
  void everyReasonOfTheLedgerIsSaidInWords() {
    Map<String, Long> skipped =
        Arrays.stream(SkipReason.values())
            .map(SkipReason::key)
            .collect(Collectors.toMap(Function.identity(), key -> 1L));
    RunFacts facts =
        new RunFacts(
            new RunFacts.Subject("shop", "sale", "one", "sha256:0", false, false, NOW, NOW, null),
            null,
            Outcomes.NONE,
            Map.of(),
            skipped,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    List<Report.Skipped> told =
        new ReportBuilder(facts, new Terms(false, false, "sale", List.of(), null, null))
            .build(NOW)
            .skipped();

    assertThat(told).hasSameSizeAs(SkipReason.values());
    assertThat(told).allSatisfy(each -> assertThat(each.meaning()).isNotEqualTo(each.reason()));
  }
}
