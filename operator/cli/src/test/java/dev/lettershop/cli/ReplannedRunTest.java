package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.store.Store;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunRequest;
import dev.lettershop.store.ledger.Shard;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.execute.CampaignExecution;
import dev.lettershop.worker.execute.RunOptions;
import dev.lettershop.worker.execute.RunReport;
import dev.lettershop.worker.mount.MountedInputs;
import dev.lettershop.worker.mount.MountedPlan;
import dev.lettershop.worker.mount.MountedSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A campaign changes while a run of it is under way. */
@Timeout(120)
class ReplannedRunTest {
  private static final int PEOPLE = 20;

  @TempDir Path scratch;
  private final FaultySmtpServer inbox = new FaultySmtpServer(call -> null, "8BITMIME");
  private TestShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(scratch, inbox.port(), PEOPLE);
    shop.edit("holdoutPercent: 10", "holdoutPercent: 0").writePlans();
  }

  @AfterEach
  void close() {
    inbox.close();
  }

  private PlanDocument plan() {
    return MountedPlan.read(shop.plan("send")).campaign();
  }

  @Test
  void aRunThatHasItsAudienceGoesOnWithThePlanThatItBeganWith() throws Exception {
    PodCommand pod = new PodCommand(shop, null, scratch);
    String begunWith = plan().hash();
    try (FaultySmtpServer other = new FaultySmtpServer(call -> null, "8BITMIME")) {
      inbox.close();
      assertThat(pod.call("send", "--run-name=one", "--relay-patience=1s").exitCode())
          .isEqualTo(ExitCode.RETRY);

      shop.edit("default: Hello", "default: Changed")
          .edit("port: " + inbox.port() + ",", "port: " + other.port() + ",")
          .writePlans();
      PodCommand.Result result = pod.call("send", "--run-name=one");

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.message().planHash()).isEqualTo(begunWith);
      assertThat(other.received())
          .hasSize(PEOPLE)
          .allSatisfy(mail -> assertThat(mail.text()).contains("Subject: Hello, Zebulon"));
    }
  }

  @Test
  void whoeverBeginsARunLastBeforeItsAudienceIsDecidedDecidesIt() throws Exception {
    PlanDocument mine = plan();
    shop.edit("has(profile.city)", "profile.city == \"Boston\"")
        .edit("default: Hello", "default: Changed")
        .writePlans();
    PlanDocument others = plan();
    try (Store store = shop.store()) {
      RunListener somebodyElse =
          new RunListener() {
            @Override
            public void freezing() {
              store.ledger().begin(begin(others));
            }
          };
      RunReport report =
          new CampaignExecution(
                  mine,
                  MountedPlan.read(shop.plan("send")).sources(),
                  new MountedSecrets(shop.secrets()),
                  new MountedInputs(shop.sources()),
                  Clock.systemUTC(),
                  somebodyElse)
              .run(new RunOptions("one", false, Set.of(), true, Shard.ONLY, "test"));

      assertThat(report.status().planHash()).isEqualTo(others.hash());
      assertThat(inbox.received())
          .hasSize(PEOPLE / 2)
          .allSatisfy(mail -> assertThat(mail.text()).contains("Subject: Changed, Zebulon"));
    }
  }

  private static RunRequest begin(PlanDocument plan) {
    return new RunRequest(
        new RunKey("shop", "hello", "one"),
        plan.hash(),
        plan.json(),
        false,
        false,
        plan.plan().onUncertain(),
        3);
  }
}
