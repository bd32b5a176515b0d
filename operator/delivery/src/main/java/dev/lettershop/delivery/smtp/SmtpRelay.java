package dev.lettershop.delivery.smtp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One SMTP server. Thread-safe. */
public final class SmtpRelay implements MailRelay {
  private final String name;
  private final SmtpHandshake handshake;
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watchdog;

  /**
   * @throws IllegalArgumentException when the certificates to trust cannot be read
   */
  public SmtpRelay(SmtpSettings settings) {
    this.name = "SMTP server " + settings.host() + ":" + settings.port();
    this.handshake = new SmtpHandshake(settings, new TlsClient(settings.host(), settings.caPem()));
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "smtp-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    watchdog.scheduleWithFixedDelay(this::closeOverdue, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RelayConnection connect() throws RelayException {
    SmtpConnection connection = handshake.connect(wires::remove);
    wires.add(connection.wire());
    return connection;
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }

  private void closeOverdue() {
    long now = System.nanoTime();
    wires.forEach(wire -> wire.closeIfOverdue(now));
  }
}
