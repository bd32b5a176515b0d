package dev.lettershop.controller.metrics;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignStatus;
import dev.lettershop.api.v1alpha1.campaign.TriggerStatus;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import dev.lettershop.controller.status.CampaignStatusView;
import dev.lettershop.controller.status.Conditions;
import dev.lettershop.controller.status.DueRun;
import dev.lettershop.controller.status.RunStatusView;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Figures of every campaign, read from the statuses of campaigns and runs at each scrape. Dry and
 * test runs do not count. What is not known has no sample. To be registered once with the registry
 * behind {@code /q/metrics}.
 */
public final class CampaignMetrics extends Collector {
  private static final String PREFIX = "lettershop_campaign_";
  private static final List<String> LABELS = List.of("namespace", "campaign");
  private static final List<String> LABELS_AND_OUTCOME =
      List.of("namespace", "campaign", "outcome");
  private static final double MILLIS = 1000.0;

  private final Supplier<? extends Collection<Campaign>> campaigns;
  private final Supplier<? extends Collection<CampaignRun>> runs;
  private final Function<Campaign, Optional<String>> scheduledSince;

  /**
   * @param campaigns all that are known; asked at each scrape, so it should be a cache
   * @param runs likewise
   * @param scheduledSince when the present schedule took effect, RFC 3339; empty when none has
   */
  public CampaignMetrics(
      Supplier<? extends Collection<Campaign>> campaigns,
      Supplier<? extends Collection<CampaignRun>> runs,
      Function<Campaign, Optional<String>> scheduledSince) {
    this.campaigns = campaigns;
    this.runs = runs;
    this.scheduledSince = scheduledSince;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Map<Key, List<CampaignRun>> byCampaign =
        runs.get().stream()
            .filter(run -> run.getSpec() != null)
            .collect(Collectors.groupingBy(Key::of));
    Families families = new Families();
    campaigns.get().stream()
        .sorted(
            Comparator.comparing((Campaign c) -> c.getMetadata().getNamespace())
                .thenComparing(c -> c.getMetadata().getName()))
        .forEach(
            campaign -> {
              List<CampaignRun> own = byCampaign.getOrDefault(Key.of(campaign), List.of());
              List<CampaignRun> newestFirst = CampaignStatusView.newestFirst(own);
              families.add(campaign, newestFirst);
              scheduledSince
                  .apply(campaign)
                  .flatMap(since -> DueRun.since(campaign, newestFirst, since))
                  .ifPresent(due -> families.addDue(campaign, due));
            });
    return families.all();
  }

  private record Key(String namespace, String campaign) {
    static Key of(CampaignRun run) {
      return new Key(run.getMetadata().getNamespace(), run.getSpec().campaignRef().name());
    }

    static Key of(Campaign campaign) {
      return new Key(campaign.getMetadata().getNamespace(), campaign.getMetadata().getName());
    }
  }

  /** The families of one scrape, while they fill. */
  private static final class Families {
    private final GaugeMetricFamily ready =
        family("ready", "Whether the campaign can be used as written (1) or not (0).");
    private final GaugeMetricFamily nextRun =
        family("next_run_timestamp_seconds", "When the next run is due.");
    private final GaugeMetricFamily due =
        family(
            "due_timestamp_seconds",
            "When the run after the newest one is due; late when that is past.");
    private final GaugeMetricFamily success =
        family(
            "last_run_success", "Whether the newest run that has ended succeeded (1) or not (0).");
    private final GaugeMetricFamily start =
        family("last_run_start_timestamp_seconds", "When the newest run began.");
    private final GaugeMetricFamily completion =
        family(
            "last_run_completion_timestamp_seconds", "When the newest run that has ended did so.");
    private final GaugeMetricFamily audience =
        family("audience", "Recipients that the newest run selected.");
    private final GaugeMetricFamily deliveries =
        new GaugeMetricFamily(
            PREFIX + "deliveries", "Mails of the newest run by outcome.", LABELS_AND_OUTCOME);

    private final GaugeMetricFamily waiting =
        family("trigger_waiting", "People who have triggered the campaign and wait.");
    private final GaugeMetricFamily lag =
        family("trigger_lag_seconds", "For how long the mail that is due longest has been so.");
    private final GaugeMetricFamily decided =
        new GaugeMetricFamily(
            PREFIX + "trigger_decided",
            "People of the last 24 hours who were decided about, by outcome: planned, or why they"
                + " got no mail.",
            LABELS_AND_OUTCOME);
    private final GaugeMetricFamily held =
        family("trigger_held", "Whether nobody can be decided about at the moment (1) or not (0).");

    List<MetricFamilySamples> all() {
      return List.of(
          ready,
          nextRun,
          due,
          success,
          start,
          completion,
          audience,
          deliveries,
          waiting,
          lag,
          decided,
          held);
    }

    void addDue(Campaign campaign, Instant moment) {
      due.addMetric(labels(campaign), moment.toEpochMilli() / MILLIS);
    }

    void add(Campaign campaign, List<CampaignRun> newestFirst) {
      List<String> labels = labels(campaign);
      CampaignStatus status = campaign.getStatus();
      if (status != null) {
        condition(status.conditions(), Conditions.READY)
            .ifPresent(c -> ready.addMetric(labels, truth(c)));
        time(nextRun, labels, status.nextRunTime());
        if (status.trigger() != null) {
          addTrigger(labels, status.trigger());
        }
      }
      newestFirst.stream()
          .map(CampaignRun::getStatus)
          .filter(RunStatusView::ended)
          .findFirst()
          .ifPresent(ended -> addEnded(labels, ended));
      newestFirst.stream()
          .findFirst()
          .map(CampaignRun::getStatus)
          .ifPresent(newest -> addNewest(labels, newest));
    }

    private void addTrigger(List<String> labels, TriggerStatus trigger) {
      waiting.addMetric(labels, trigger.waiting() == null ? 0 : trigger.waiting());
      lag.addMetric(labels, trigger.lagSeconds() == null ? 0 : trigger.lagSeconds());
      held.addMetric(labels, trigger.held() == null ? 0 : 1);
      outcome(decided, labels, "planned", trigger.planned());
      trigger.skipped().forEach((reason, people) -> outcome(decided, labels, reason, people));
    }

    private void addEnded(List<String> labels, CampaignRunStatus ended) {
      RunStatusView.succeeded(ended).ifPresent(c -> success.addMetric(labels, truth(c)));
      time(completion, labels, ended.completionTime());
    }

    private void addNewest(List<String> labels, CampaignRunStatus newest) {
      time(start, labels, newest.startTime());
      if (newest.audience() != null && newest.audience().selected() != null) {
        audience.addMetric(labels, newest.audience().selected());
      }
      DeliveryCounts counts = newest.deliveries();
      if (counts != null) {
        outcome(labels, "sent", counts.sent());
        outcome(labels, "failed", counts.failed());
        outcome(labels, "deferred", counts.deferred());
        outcome(labels, "uncertain", counts.uncertain());
      }
    }

    private void outcome(List<String> labels, String outcome, Long number) {
      outcome(deliveries, labels, outcome, number);
    }

    private static void outcome(
        GaugeMetricFamily family, List<String> labels, String outcome, Long number) {
      List<String> all = new ArrayList<>(labels);
      all.add(outcome);
      family.addMetric(all, number == null ? 0 : number);
    }

    private static void time(GaugeMetricFamily family, List<String> labels, String rfc3339) {
      if (rfc3339 != null) {
        try {
          family.addMetric(
              labels, OffsetDateTime.parse(rfc3339).toInstant().toEpochMilli() / MILLIS);
        } catch (DateTimeParseException e) {
          // Somebody else wrote into the status; there is nothing to show.
        }
      }
    }

    private static List<String> labels(Campaign campaign) {
      return List.of(campaign.getMetadata().getNamespace(), campaign.getMetadata().getName());
    }

    private static double truth(Condition condition) {
      return condition.status() == ConditionStatus.True ? 1 : 0;
    }

    private static Optional<Condition> condition(List<Condition> conditions, String type) {
      return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    private static GaugeMetricFamily family(String name, String help) {
      return new GaugeMetricFamily(PREFIX + name, help, LABELS);
    }
  }
}
