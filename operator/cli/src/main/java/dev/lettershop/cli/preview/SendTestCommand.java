package dev.lettershop.cli.preview;

import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.Target;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.plan.Plan;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.preview.PreviewMail;
import dev.lettershop.worker.task.TestDelivery;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop send-test}: one mail of a campaign, to oneself. */
@Command(
    name = "send-test",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Send one mail of a campaign to yourself, to see it in real mail programs.",
      "Goes through the campaign's MailTransport, filled in for a made-up profile of spec.previews,"
          + " or for --profile. Nothing is written into the ledger; links to unsubscribe lead"
          + " nowhere."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:sent",
      "1:errors, or the server did not take it",
      "2:usage or configuration"
    })
public final class SendTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private PreviewPeople people;

  @Parameters(paramLabel = "campaign/NAME", description = "The campaign.")
  private String target;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "ADDRESS",
      description = "Where it goes. May be repeated.")
  private List<String> to;

  @Override
  public Integer call() {
    Target.campaign(target);
    ManifestFiles.Loaded loaded = manifests.load();
    PreviewMail mail = SinglePreview.of(target, people, loaded, spec.commandLine());
    if (mail == null) {
      return 1;
    }
    if (mail.findings().stream().anyMatch(f -> f.field().equals("spec.attachments"))) {
      spec.commandLine().getErr().println("No mail was sent: it would lack what belongs to it");
      return 1;
    }
    Plan plan = mail.subject().plan();
    TestDelivery delivery =
        new TestDelivery(
            plan, new ManifestSecrets(loaded.resources().secrets()), Clock.systemUTC());
    boolean all = true;
    for (String address : to) {
      TestDelivery.Outcome outcome = delivery.send(address, mail.mail());
      var err = spec.commandLine().getErr();
      err.println(
          outcome.accepted()
              ? "Sent \"" + mail.mail().subject() + "\" to " + address
              : "The server of MailTransport/"
                  + plan.transport().name()
                  + " did not take the mail to "
                  + address
                  + ": "
                  + outcome.code());
      err.flush();
      all &= outcome.accepted();
    }
    return all ? 0 : 1;
  }
}
