package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.job.ExitCode;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.store.Store;
import dev.lettershop.store.ledger.RunKey;
import dev.lettershop.store.ledger.RunLock;
import dev.lettershop.store.ledger.Shard;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.execute.CampaignExecution;
import dev.lettershop.worker.execute.RunOptions;
import dev.lettershop.worker.execute.RunReport;
import dev.lettershop.worker.execute.ShardView;
import dev.lettershop.worker.mount.MountedInputs;
import dev.lettershop.worker.mount.MountedPlan;
import dev.lettershop.worker.mount.MountedSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shard that comes while another one prepares the run. */
@Timeout(120)
class WaitingShardTest {
  private static final RunKey KEY = new RunKey("shop", "hello", "one");
  private static final Shard SECOND = new Shard(1, 2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path scratch;
  private final FaultySmtpServer inbox = new FaultySmtpServer(call -> null, "8BITMIME");
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final Cancellation cancellation = new Cancellation();
  private final ShardView view = new ShardView(SECOND, Clock.systemUTC());
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private TestShop shop;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    shop = new TestShop(scratch, inbox.port(), 10);
    store = shop.store();
  }

  @AfterEach
  void close() {
    thread.shutdownNow();
    store.close();
    inbox.close();
  }

  private Future<RunReport> startSecond() {
    MountedPlan mounted = MountedPlan.read(shop.plan("send"));
    PlanDocument plan = mounted.campaign();
    RunListener listener =
        new RunListener() {
          @Override
          public void note(String message) {
            notes.add(message);
          }
        };
    CampaignExecution execution =
        new CampaignExecution(
            plan,
            mounted.sources(),
            new MountedSecrets(shop.secrets()),
            new MountedInputs(shop.sources()),
            Clock.systemUTC(),
            listener,
            cancellation);
    return thread.submit(
        () -> execution.run(new RunOptions("one", false, Set.of(), true, SECOND, "test"), view));
  }

  @Test
  void itWaitsAndGoesOnAsSoonAsTheOtherIsGone() throws Exception {
    Future<RunReport> second;
    try (RunLock first = store.ledger().lock(KEY)) {
      assertThat(first.tryLock(Duration.ofSeconds(1))).isTrue();
      second = startSecond();
      Awaitility.await().atMost(PATIENCE).until(() -> !notes.isEmpty());
      assertThat(view.now().activity()).isEqualTo(ShardActivity.Syncing);
      assertThat(shop.query("select count(*) from run")).isEqualTo("0");
    }

    assertThat(second.get().exitCode()).isZero();
    assertThat(second.get().shard().activity()).isEqualTo(ShardActivity.Finished);
    assertThat(inbox.received()).isNotEmpty();
  }

  @Test
  void itStopsWaitingWhenItIsTold() throws Exception {
    try (RunLock first = store.ledger().lock(KEY)) {
      assertThat(first.tryLock(Duration.ofSeconds(1))).isTrue();
      Future<RunReport> second = startSecond();
      Awaitility.await().atMost(PATIENCE).until(() -> !notes.isEmpty());
      cancellation.cancel();

      assertThatThrownBy(second::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              RunException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CANCELLED));
      assertThat(inbox.received()).isEmpty();
    }
  }
}
