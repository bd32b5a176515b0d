package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.DeliveryCounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The summary that a quickstart ends with, for a terminal. Use an instance once. */
final class QuickstartText {
  private final StringBuilder text = new StringBuilder();
  private final String launcher;
  private final String samples;

  /**
   * @param launcher how the user calls Lettershop, for the examples
   */
  QuickstartText(String launcher, String samples) {
    this.launcher = launcher;
    this.samples = samples;
  }

  String of(QuickstartResult result) {
    read(result.sources());
    audience(result.status());
    sent(result);
    content(result.content());
    next(result);
    return text.toString();
  }

  private void read(List<ReadSource> sources) {
    if (sources.isEmpty()) {
      return;
    }
    heading("Read");
    for (ReadSource source : sources) {
      figure(
          source.records(),
          source.name()
              + (source.unusable() == 0 ? "" : ", %,d unusable".formatted(source.unusable())));
    }
    long rejected = sources.stream().mapToLong(ReadSource::unusable).sum();
    if (rejected > 0) {
      text.append("            unusable records, each with its line and reason: ")
          .append(QuarantineList.FILE)
          .append('\n');
    }
  }

  private void audience(CampaignRunStatus status) {
    heading("Audience");
    figure(status.audience().selected(), "people get mail");
    status.audience().skipped().entrySet().stream()
        .filter(reason -> reason.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(reason -> figure(reason.getValue(), QuickstartPage.words(reason.getKey())));
  }

  private void sent(QuickstartResult result) {
    DeliveryCounts deliveries = result.status().deliveries();
    heading("Sent");
    figure(result.mails(), "mails, all of them in the inbox");
    unlessZero(deliveries.failed(), "failed for good");
    unlessZero(deliveries.deferred(), "waiting for another try");
    unlessZero(deliveries.uncertain(), "uncertain");
  }

  private void unlessZero(Long count, String words) {
    if (count != null && count > 0) {
      figure(count, words);
    }
  }

  private void content(Map<String, Long> content) {
    heading("Content");
    content.forEach((label, count) -> unlessZero(count, label));
  }

  private void next(QuickstartResult result) {
    text.append(
        String.format(
            Locale.ROOT,
            """

            Done in %.1f s. Look at the mails in a browser:
              %s

            What to try next: change a rule in %5$s/campaign.yaml, and
              %3$s lint -f %5$s
              %3$s plan -f %5$s campaign/%4$s
              %3$s quickstart
              %3$s quickstart --stay      (the mails' links work, too)
            or keep the cluster running and look around in it:
              %3$s playground
            """,
            result.took().toMillis() / 1000.0,
            result.page().toUri(),
            launcher,
            result.campaign(),
            samples));
  }

  private void heading(String title) {
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
  }

  private void figure(long count, String words) {
    text.append(String.format(Locale.ROOT, "%,10d  %s%n", count, words));
  }
}
