package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.playground.gallery.GallerySummary;
import dev.lettershop.playground.gallery.GallerySummary.Figure;
import dev.lettershop.playground.gallery.GallerySummary.Group;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What stands above the mails on the page. */
final class QuickstartPage {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Map<String, String> WORDS =
      Map.of(
          "notInAudience", "are in none of the segments",
          "excluded", "are in an excluded segment",
          "noAddress", "have no usable address",
          "noConsent", "have not consented to the topic",
          "suppressed", "are suppressed",
          "paused", "want no mail for a while",
          "duplicateAddress", "have the address of somebody else",
          "holdout", "are held out for comparison");

  private QuickstartPage() {}

  static GallerySummary summary(ClusterCampaign.Outcome outcome, Instant began) {
    CampaignRunStatus status = outcome.status();
    long rejected = outcome.sources().stream().mapToLong(ReadSource::unusable).sum();
    long records = outcome.sources().stream().mapToLong(ReadSource::records).sum();
    List<Figure> figures =
        List.of(
            new Figure("records read", records),
            new Figure("in quarantine", rejected),
            new Figure("in the audience", status.audience().selected()),
            new Figure("sent", status.deliveries().sent()));
    List<Group> groups = new ArrayList<>();
    groups.add(new Group("People who get no mail", reasons(status.audience().skipped())));
    groups.add(
        new Group(
            "Deliveries",
            List.of(
                new Figure("sent", status.deliveries().sent()),
                new Figure("failed", status.deliveries().failed()),
                new Figure("deferred", status.deliveries().deferred()),
                new Figure("uncertain", status.deliveries().uncertain()))));
    groups.add(
        new Group(
            "Records read",
            outcome.sources().stream().map(s -> new Figure(s.name(), s.records())).toList()));
    groups.add(
        new Group(
            "In quarantine",
            outcome.sources().stream().map(s -> new Figure(s.name(), s.unusable())).toList()));
    return new GallerySummary(
        "campaign/" + Quickstart.CAMPAIGN,
        "run " + Quickstart.RUN_NAME + " · " + WHEN.format(began),
        figures,
        groups);
  }

  private static List<Figure> reasons(Map<String, Long> skipped) {
    return skipped.entrySet().stream()
        .filter(reason -> reason.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(reason -> new Figure(words(reason.getKey()), reason.getValue()))
        .toList();
  }

  /** Completes "so many people …". */
  static String words(String reason) {
    return WORDS.getOrDefault(reason, "left out: " + reason);
  }
}
