package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.experiment.ExperimentOutcome;
import dev.lettershop.api.v1alpha1.experiment.ExperimentStatus;
import dev.lettershop.cli.PodCommand;
import dev.lettershop.cli.TestShop;
import dev.lettershop.job.ExitCode;
import dev.lettershop.testkit.FaultySmtpServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose variants are compared, as their Pods work on them. */
class ExperimentRunTest {
  private static final int PEOPLE = 120;

  @TempDir Path scratch;

  private final FaultySmtpServer inbox =
      new FaultySmtpServer(call -> null, "PIPELINING", "8BITMIME");
  private TestShop shop;
  private PodCommand pod;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(scratch, inbox.port(), PEOPLE);
    shop.edit("  schedule: {cron", "  goal: {event: viewed}\n  schedule: {cron");
    pod = new PodCommand(shop, null, scratch);
  }

  @AfterEach
  void close() throws Exception {
    inbox.close();
  }

  private void deciding(String more) throws Exception {
    shop.edit("    holdoutPercent: 10\n", more);
    shop.writePlans();
  }

  private void convert(String variant) throws Exception {
    shop.execute(
        """
        insert into event (profile_id, name, occurred_at, id)
        select profile_id, 'viewed', now(), profile_id from delivery
        where state = 'sent' and variant = '%s'
        """
            .formatted(variant));
  }

  private PodCommand.Result lastLook() throws Exception {
    shop.execute("update experiment set looks[5] = now()");
    return pod.call("send", "--run-name=r");
  }

  @Test
  void whereEverybodyIsMailedAtOnceTheDecisionOnlySaysWhichWasBetter() throws Exception {
    deciding("    decision: {metric: Conversion, minimumPerVariant: 10}\n");
    PodCommand.Result first = pod.call("send", "--run-name=r");
    assertThat(first.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(first.message().experiment().outcome()).isEqualTo(ExperimentOutcome.Undecided);
    assertThat(first.message().experiment().holdsPeople()).isFalse();
    assertThat(shop.query("select state from run")).isEqualTo("Completed");
    convert("a");

    PodCommand.Result last = lastLook();

    assertThat(last.message().reason()).isEqualTo("AlreadyCompleted");
    ExperimentStatus experiment = last.message().experiment();
    assertThat(experiment.outcome()).isEqualTo(ExperimentOutcome.Winner);
    assertThat(experiment.winner()).isEqualTo("a");
    assertThat(experiment.message()).startsWith("Variant a is better than each of the others");
    assertThat(inbox.received()).hasSize(PEOPLE);
  }

  @Test
  void withoutAWinnerNobodyElseIsMailedWhereThatIsAskedFor() throws Exception {
    deciding(
        "    testPercent: 50\n"
            + "    decision: {metric: Conversion, minimumPerVariant: 10, noWinner: Nobody}\n");
    pod.call("send", "--run-name=r");
    int sent = inbox.received().size();
    assertThat(sent).isBetween(30, 90);

    PodCommand.Result last = lastLook();

    assertThat(last.exitCode()).as(last.all()).isEqualTo(ExitCode.DONE);
    assertThat(last.message().experiment().reason()).isEqualTo("NoDifference");
    assertThat(last.message().experiment().message()).endsWith("who waited get no mail");
    assertThat(inbox.received()).hasSize(sent);
    assertThat(shop.query("select state from run")).isEqualTo("Completed");
    assertThat(shop.query("select count(*) from delivery where reason = 'noWinner'"))
        .isEqualTo(Integer.toString(PEOPLE - sent));
  }

  @Test
  void testsAndDryRunsDecideNothing() throws Exception {
    deciding("    testPercent: 50\n    decision: {metric: Conversion, minimumPerVariant: 10}\n");

    PodCommand.Result dry = pod.call("send", "--run-name=dry", "--dry-run");

    assertThat(dry.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(dry.message().experiment()).isNull();
    assertThat(shop.query("select count(*) from delivery where variant is null")).isEqualTo("0");
    assertThat(shop.query("select count(*) from experiment")).isEqualTo("0");
  }
}
