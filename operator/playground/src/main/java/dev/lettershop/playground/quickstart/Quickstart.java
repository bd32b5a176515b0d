package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.plan.Plan;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.gallery.Gallery;
import dev.lettershop.playground.local.Place;
import dev.lettershop.playground.local.Playground;
import dev.lettershop.playground.sample.SampleResources;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs the sample campaign on a playground of its own and lays out what arrived. */
final class Quickstart {
  static final String CAMPAIGN = "autumn-sale";
  static final String RUN_NAME = "quickstart";

  /** What a quickstart leaves in its folder. */
  static final List<String> FILES =
      List.of(Gallery.MAILS, "data", "shop", "cluster", "index.html", QuarantineList.FILE);

  private static final String NO_RULE = "no rule matched";

  private final SampleResources sample;
  private final Path controller;
  private final Path collector;
  private final Clock clock;
  private final Consumer<String> progress;

  /**
   * @param controller the controller's {@code quarkus-run.jar}
   * @param collector the collector's, when the links of the mails are to work until the process is
   *     told to end; or null
   * @param progress told what is being done, one line each
   */
  Quickstart(
      SampleResources sample,
      Path controller,
      Path collector,
      Clock clock,
      Consumer<String> progress) {
    this.sample = sample;
    this.controller = controller;
    this.collector = collector;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * @param out a folder with nothing of {@link #FILES} in it
   * @param plan of the campaign
   * @param done told what came of it, while everything is still running
   * @throws IOException when a file cannot be written or a server not be started
   */
  QuickstartResult run(Path out, int customers, Plan plan, Consumer<QuickstartResult> done)
      throws IOException, InterruptedException {
    Instant began = clock.instant();
    progress.accept("Writing the files of a shop with " + customers + " customers");
    Path shop = out.resolve("shop");
    new SampleShop(SampleShop.DEFAULT_SEED, customers, began)
        .write(shop.resolve(SampleResources.DATA));

    progress.accept("Starting an API server, the controller, PostgreSQL and an SMTP inbox");
    try (Playground playground = Playground.start(place(out, shop))) {
      sample.write(shop, playground.servers());
      progress.accept("Applying the resources, then campaignrun/" + RUN_NAME);
      ClusterCampaign.Outcome outcome =
          new ClusterCampaign(playground, progress).run(shop, CAMPAIGN, RUN_NAME);
      if (outcome.status() == null || outcome.status().deliveries() == null) {
        QuickstartResult failed = result(outcome, Map.of(), playground.mailsArrived(), null, began);
        done.accept(failed);
        return failed;
      }
      progress.accept("Laying out " + playground.mailsArrived() + " mails");
      SentMails sent = new SentMails(contentByText(plan), NO_RULE);
      readBack(sent, out, playground.database());
      Path page =
          new Gallery(out, html -> withLinks(html, plan, playground))
              .write(QuickstartPage.summary(outcome, began), sent);
      QuickstartResult result =
          result(outcome, sent.contentCounts(), playground.mailsArrived(), page, began);
      done.accept(result);
      stay(playground);
      return result;
    }
  }

  /** Links lead to this machine, where nobody has the certificate of their host. */
  private static String withLinks(String html, Plan plan, Playground playground) {
    return playground
        .links()
        .map(links -> html.replace(plan.transport().links().baseUrl(), links.url()))
        .orElse(html);
  }

  /** Until the process is told to end, when somebody answers links. */
  private void stay(Playground playground) throws IOException, InterruptedException {
    if (playground.links().isEmpty()) {
      return;
    }
    progress.accept("Waiting for the collector to answer");
    boolean told = false;
    LinkWatch watch = new LinkWatch();
    try (Connection connection = connect(playground.database())) {
      while (playground.isHealthy()) {
        if (!told && playground.links().get().answers()) {
          told = true;
          progress.accept("The links of the mails work until Ctrl-C");
        }
        watch.news(connection).forEach(progress);
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (SQLException e) {
      throw new IOException("cannot read what the links have brought", e);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    Connection connection = database.connect();
    connection.setSchema(Database.SCHEMA);
    return connection;
  }

  private Place place(Path out, Path shop) throws IOException {
    return new Place(
        Files.createDirectories(out.resolve("cluster")),
        out.resolve(Gallery.MAILS),
        Map.of(SampleResources.CLAIM, shop),
        0,
        controller,
        collector,
        clock);
  }

  private QuickstartResult result(
      ClusterCampaign.Outcome outcome,
      Map<String, Long> content,
      long mails,
      Path page,
      Instant began) {
    return new QuickstartResult(
        outcome.exitCode(),
        CAMPAIGN,
        RUN_NAME,
        outcome.status(),
        outcome.message(),
        outcome.sources(),
        content,
        mails,
        page,
        Duration.between(began, clock.instant()));
  }

  /** What is only in the database, which is about to go. */
  private static void readBack(SentMails sent, Path out, EmbeddedDatabase database)
      throws IOException {
    try (Connection connection = connect(database)) {
      sent.readRecipients(connection);
      QuarantineList.write(connection, out);
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
