package dev.lettershop.playground.command;

import dev.lettershop.cli.output.DiagnosticPrinter;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.playground.api.Follower;
import dev.lettershop.playground.api.ResourceKinds;
import dev.lettershop.playground.controller.ControllerProcess;
import dev.lettershop.playground.embedded.Overlay;
import dev.lettershop.playground.embedded.ProjectServers;
import dev.lettershop.playground.local.ClaimedFolder;
import dev.lettershop.playground.local.Place;
import dev.lettershop.playground.local.Playground;
import dev.lettershop.playground.sample.CalledAs;
import dev.lettershop.playground.sample.SampleResources;
import dev.lettershop.playground.sample.SampleShop;
import dev.lettershop.playground.view.ChangeFeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lettershop playground}. */
@Command(
    name = "playground",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Keep a cluster running that is as small as a laptop.",
      "API server, controller, PostgreSQL and an SMTP inbox, all on this machine, until Ctrl-C; a"
          + " collector, too, once a Collector is applied. No mail leaves it, and nothing but the"
          + " mails is left of it, unless --embedded keeps the data of a folder."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "1:a part did not start, or the controller ended",
      "2:usage",
      "130:ended with Ctrl-C"
    })
public final class PlaygroundCommand implements Callable<Integer> {
  private static final List<String> OURS =
      List.of(
          "mails",
          "shop",
          "pods",
          "run-now.yaml",
          "kubeconfig",
          "playground.json",
          "controller.log");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".lettershop/playground",
      description = {
        "Folder for the kubeconfig, the mails and the logs; an earlier playground's is written"
            + " over. Default: ${DEFAULT-VALUE}."
      })
  private Path out;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "16443",
      description =
          "Port of the API server; 0 for a free one. Default: ${DEFAULT-VALUE}, so that a"
              + " kubeconfig is good for the next playground too.")
  private int port;

  @Mixin private ProjectOptions project;
  @Spec private CommandSpec spec;

  private final Clock clock;

  public PlaygroundCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535, not " + port);
    }
    try (ClaimedFolder folder = ClaimedFolder.claim(out, "playground", OURS)) {
      return project.isGiven() ? ofProject(folder.path()) : ofSample(folder.path());
    } catch (IOException e) {
      say("lettershop: the playground did not start: " + e.getMessage());
      return ExitCode.RETRY;
    }
  }

  private int ofSample(Path folder) throws Exception {
    project.servers();
    SampleResources sample = SampleResources.find(System.getProperty("lettershop.home"));
    Path shop = folder.resolve("shop");
    new SampleShop(SampleShop.DEFAULT_SEED, SampleShop.DEFAULT_CUSTOMERS, clock.instant())
        .write(shop.resolve(SampleResources.DATA));
    say(STARTING);
    Place place = place(folder, folder.resolve("mails"), Map.of(SampleResources.CLAIM, shop));
    try (Playground playground = Playground.start(place)) {
      sample.write(shop, playground.servers());
      Files.writeString(folder.resolve("run-now.yaml"), runNow("autumn-sale"));
      welcome(new PlaygroundText(out, playground).welcome());
      return follow(playground, () -> {});
    }
  }

  /** Somebody's own folder, as it is at each moment. */
  private int ofProject(Path folder) throws Exception {
    ProjectServers kept = project.servers();
    say(STARTING);
    Path mails = kept == null ? folder.resolve("mails") : kept.mails();
    try (Playground playground = Playground.start(place(folder, mails, project.claims()), kept)) {
      String campaign = project.campaign();
      Files.writeString(folder.resolve("run-now.yaml"), campaign == null ? "" : runNow(campaign));
      welcome(new PlaygroundText(out, playground).welcome(project.folder(), campaign, mails));
      Overlay overlay = new Overlay(playground.servers(), folder.resolve("link-key"));
      AppliedFolder applied =
          new AppliedFolder(
              project.folder(),
              loaded ->
                  kept == null
                      ? overlay.of(loaded.manifests(), playground.database()::require)
                      : kept.manifests(loaded),
              playground.client(),
              this::print,
              this::say);
      InboxPage page = new InboxPage(kept, this::say);
      return follow(
          playground,
          () -> {
            applied.follow();
            page.follow();
          });
    }
  }

  private void print(ManifestFiles.Loaded loaded) {
    new DiagnosticPrinter(
            spec.commandLine().getErr(),
            spec.commandLine().getColorScheme().ansi(),
            loaded.resources())
        .print(loaded.diagnostics());
  }

  private static String runNow(String campaign) {
    return RUN_NOW.formatted(campaign, campaign, campaign);
  }

  private static final String STARTING =
      "Starting an API server, the controller, PostgreSQL and an SMTP inbox";

  private static final String RUN_NOW =
      """
      # Sends the campaign %s now. A name sends once: give it another one to send again.
      apiVersion: lettershop.dev/v1alpha1
      kind: CampaignRun
      metadata:
        name: %s-now
      spec:
        campaignRef: {name: %s}
      """;

  private Place place(Path folder, Path mails, Map<String, Path> claims) {
    return new Place(
        folder,
        mails,
        claims,
        port,
        Path.of(System.getProperty(ControllerProcess.PROPERTY, "")),
        Path.of(System.getProperty(Place.COLLECTOR, "")),
        clock);
  }

  /** Until the process is told to stop; the playground then ends by itself. */
  private int follow(Playground playground, Runnable meanwhile) throws Exception {
    try (Follower ignored =
        Follower.follow(
            playground.client(),
            List.of(ResourceKinds.EVENT),
            playground.client().namespace(),
            event -> say(ChangeFeed.event(event)))) {
      while (playground.isHealthy()) {
        meanwhile.run();
        TimeUnit.MILLISECONDS.sleep(500);
      }
      say("lettershop: the controller ended; its log is " + playground.controller().log());
      return ExitCode.RETRY;
    }
  }

  private void welcome(String text) {
    say(text.replace("./lettershop", CalledAs.command()));
  }

  private synchronized void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }
}
