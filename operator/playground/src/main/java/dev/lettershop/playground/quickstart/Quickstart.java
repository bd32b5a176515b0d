package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.ContentRule;
import dev.lettershop.plan.Plan;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.gallery.Gallery;
import dev.lettershop.playground.inbox.DirectorySink;
import dev.lettershop.playground.inbox.SmtpInbox;
import dev.lettershop.playground.sample.SampleShop;
import dev.lettershop.store.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the sample campaign on servers of its own and lays out what arrived. */
final class Quickstart {
  static final String CAMPAIGN = "autumn-sale";
  static final String RUN_NAME = "quickstart";
  private static final String NO_RULE = "no rule matched";

  private final CampaignRunner runner;
  private final SampleFolder sample;
  private final Clock clock;
  private final Consumer<String> progress;

  /**
   * @param progress told what is being done, one line each
   */
  Quickstart(CampaignRunner runner, SampleFolder sample, Clock clock, Consumer<String> progress) {
    this.runner = runner;
    this.sample = sample;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * @throws IOException when a file cannot be written or a server not be started
   */
  QuickstartResult run(OutputFolder out, int customers) throws IOException {
    Instant began = clock.instant();
    progress.accept("Writing the files of a shop with " + customers + " customers");
    sample.copyTo(out.shop());
    new SampleShop(SampleShop.DEFAULT_SEED, customers, began)
        .write(out.shop().resolve(SampleFolder.DATA));

    progress.accept("Starting PostgreSQL and an SMTP inbox");
    DirectorySink mails = new DirectorySink(out.path().resolve(Gallery.MAILS));
    Path databaseFolder = Files.createTempDirectory("lettershop-quickstart-");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(databaseFolder);
        SmtpInbox inbox = SmtpInbox.start(mails)) {
      progress.accept("Running campaign/" + CAMPAIGN);
      CampaignRunner.Outcome outcome =
          runner.run(
              new CampaignRunner.Order(out.shop(), CAMPAIGN, RUN_NAME, endpoints(database, inbox)));
      if (outcome.status() == null) {
        return result(outcome, Map.of(), mails.messages(), null, began);
      }
      progress.accept("Laying out " + mails.messages() + " mails");
      SentMails sent = new SentMails(contentByText(outcome.plan()), NO_RULE);
      readBack(sent, out, database);
      Path page = new Gallery(out.path()).write(QuickstartPage.summary(outcome, began), sent);
      return result(outcome, sent.contentCounts(), mails.messages(), page, began);
    }
  }

  private QuickstartResult result(
      CampaignRunner.Outcome outcome,
      Map<String, Long> content,
      long mails,
      Path page,
      Instant began) {
    return new QuickstartResult(
        outcome.exitCode(),
        CAMPAIGN,
        RUN_NAME,
        outcome.status(),
        outcome.sources() == null ? List.of() : outcome.sources(),
        content,
        mails,
        page,
        Duration.between(began, clock.instant()));
  }

  private static CampaignRunner.Endpoints endpoints(EmbeddedDatabase database, SmtpInbox inbox) {
    return new CampaignRunner.Endpoints(
        database.host(),
        database.port(),
        database.database(),
        database.username(),
        database.password(),
        inbox.host(),
        inbox.port());
  }

  /** What is only in the database, which is about to go. */
  private static void readBack(SentMails sent, OutputFolder out, EmbeddedDatabase database)
      throws IOException {
    try (Connection connection = database.connect()) {
      connection.setSchema(Database.SCHEMA);
      sent.readRecipients(connection);
      QuarantineList.write(connection, out.path());
    } catch (SQLException e) {
      throw new IOException("cannot read the results from the quickstart's own database", e);
    }
  }

  /** The first text that each rule sets is what tells its mails from the others. */
  private static Map<String, String> contentByText(Plan plan) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (ContentRule rule : plan.contentRules()) {
      rule.set().entrySet().stream()
          .min(Map.Entry.comparingByKey((a, b) -> Integer.compare(rank(a), rank(b))))
          .ifPresent(slot -> labels.putIfAbsent(slot.getValue(), slot.getValue()));
    }
    return labels;
  }

  private static int rank(String slot) {
    return slot.equals("headline") ? 0 : 1;
  }
}
