package dev.lettershop.bench;

import dev.lettershop.store.Store;
import dev.lettershop.store.trigger.AdmissionRequest;
import dev.lettershop.store.trigger.Admitted;
import dev.lettershop.store.trigger.Trigger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Decides for one trigger over one connection, whose processor time is known. */
final class TriggerDecider implements AutoCloseable {
  private static final int ADMITTED = 2_000;
  private static final long ADMIT_EVERY_MILLIS = 200;

  /** In which Linux counts the time of processes. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;

  private final Store store;
  private final Trigger trigger;
  private final AdmissionRequest request;
  private final long backend;

  private TriggerDecider(Store store, Trigger trigger, AdmissionRequest request, long backend) {
    this.store = store;
    this.trigger = trigger;
    this.request = request;
    this.backend = backend;
  }

  static TriggerDecider open(TriggerShop shop, Trigger trigger, AdmissionRequest request)
      throws SQLException {
    Set<Long> others = shop.backends();
    Store store = shop.open(2);
    store.triggers().now();
    Set<Long> own = shop.backends();
    own.removeAll(others);
    if (own.size() != 1) {
      store.close();
      throw new IllegalStateException("The decider has " + own.size() + " connections, not one");
    }
    return new TriggerDecider(store, trigger, request, own.iterator().next());
  }

  /** Seconds of a core that PostgreSQL has worked for the decider. */
  double seconds() throws IOException {
    String line = Files.readString(Path.of("/proc/" + backend + "/stat"));
    // The name of the program, in parentheses, may hold spaces.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]))
        / TICKS_PER_SECOND;
  }

  /** Looks five times a second; says for how many seconds of a core this thread has worked. */
  double lookNowAndThen(AtomicBoolean ended) throws InterruptedException {
    double start = own();
    while (!ended.get()) {
      store.triggers().admit(trigger, request, ADMITTED);
      TimeUnit.MILLISECONDS.sleep(ADMIT_EVERY_MILLIS);
    }
    return own() - start;
  }

  /** Decides about everybody who is due; says for how many seconds this thread has worked. */
  double decideAll() {
    double start = own();
    Admitted.End end = Admitted.End.More;
    while (end == Admitted.End.More) {
      end = store.triggers().admit(trigger, request, ADMITTED).end();
    }
    return own() - start;
  }

  private static double own() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  @Override
  public void close() {
    store.close();
  }
}
