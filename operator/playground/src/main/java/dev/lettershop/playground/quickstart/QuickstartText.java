package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.CampaignRunStatus;
import dev.lettershop.source.SyncResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The summary that a quickstart ends with, for a terminal. */
final class QuickstartText {
  private final StringBuilder text = new StringBuilder();
  private final String launcher;

  /**
   * @param launcher how the user calls Lettershop, for the examples
   */
  QuickstartText(String launcher) {
    this.launcher = launcher;
  }

  String of(QuickstartResult result) {
    CampaignRunStatus status = result.status();
    sources(result.sources());
    audience(status);
    deliveries(result);
    content(result.content());
    next(result);
    return text.toString();
  }

  private void sources(List<SyncResult> sources) {
    heading("What was read");
    for (SyncResult source : sources) {
      line(
          "%,10d  %s%s",
          source.records(),
          source.source(),
          source.rejected() == 0
              ? ""
              : ", %,d of them unusable and in quarantine".formatted(source.rejected()));
    }
  }

  private void audience(CampaignRunStatus status) {
    heading("Who gets mail");
    line("%,10d  people in the audience", status.audience().selected());
    status.audience().skipped().entrySet().stream()
        .filter(reason -> reason.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            reason ->
                line(
                    "%,10d  left out: %s",
                    reason.getValue(), QuickstartPage.words(reason.getKey())));
  }

  private void deliveries(QuickstartResult result) {
    heading("What was sent");
    line("%,10d  mails, all in the inbox", result.mails());
    var deliveries = result.status().deliveries();
    Map<String, Long> troubles =
        Map.of(
            "failed", deliveries.failed(),
            "deferred", deliveries.deferred(),
            "uncertain", deliveries.uncertain());
    troubles.forEach(
        (state, count) -> {
          if (count > 0) {
            line("%,10d  %s", count, state);
          }
        });
  }

  private void content(Map<String, Long> content) {
    heading("What they say");
    content.forEach((label, count) -> line("%,10d  %s", count, label));
  }

  private void next(QuickstartResult result) {
    text.append(
        """

        Done in %.1f s. Look at the mails:
          %s

        What to try next:
          change a rule in samples/quickstart/campaign.yaml, then
          %2$s lint -f samples/quickstart                           check it
          %2$s plan -f samples/quickstart campaign/%3$s      see what would run
          %2$s quickstart                                           send it again
        """
            .formatted(
                result.took().toMillis() / 1000.0,
                result.page().toUri(),
                launcher,
                result.campaign()));
  }

  private void heading(String title) {
    text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ENGLISH, format, values)).append('\n');
  }
}
