package dev.lettershop.cli.output;

import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunProgress;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.execute.RunReport;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Shows a run under way on standard error: one line that moves on a terminal; elsewhere one line
 * for each phase, and one a minute while a source is read or mails go out. Thread-safe.
 */
public final class RunConsole implements RunListener {
  private static final int BAR = 30;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final long LOG_NANOS = 60_000_000_000L;

  private final PrintWriter err;
  private final Ansi ansi;
  private final boolean terminal;
  private long lastDrawn;
  private long lastLogged = System.nanoTime();
  private boolean moving;

  private RunConsole(PrintWriter err, Ansi ansi, boolean terminal) {
    this.err = err;
    this.ansi = ansi;
    this.terminal = terminal;
  }

  /** Draws only when a person is watching: both standard streams are a terminal. */
  public static RunConsole on(CommandLine commandLine) {
    return new RunConsole(
        commandLine.getErr(),
        commandLine.getColorScheme().ansi(),
        System.console() != null && !"dumb".equals(System.getenv("TERM")));
  }

  @Override
  public synchronized void begun(Run run, boolean resumed) {
    line((resumed ? "Going on with run " : "Run ") + run.key().name());
  }

  @Override
  public synchronized void syncing(String source, long records, long rejected) {
    String text =
        String.format(
            Locale.ROOT, "Syncing %s  %,d rows, %,d set aside", source, records, rejected);
    long now = System.nanoTime();
    if (terminal) {
      move(text);
    } else if (now - lastLogged >= LOG_NANOS) {
      lastLogged = now;
      line(text);
    }
  }

  @Override
  public synchronized void synced(String source, SyncResult result) {
    line(SyncText.summary(source, result));
    SyncText.details(result).forEach(detail -> line("  " + detail));
  }

  @Override
  public synchronized void freezing() {
    move("Freezing the audience");
  }

  @Override
  public synchronized void frozen(long selected, Map<String, Long> skipped) {
    line(String.format(Locale.ROOT, "Audience: %,d people", selected));
  }

  @Override
  public synchronized void sending(RunProgress progress) {
    if (!terminal) {
      log(progress);
      return;
    }
    long all = Math.max(1, progress.selected());
    int filled = (int) (BAR * progress.done() / all);
    move(
        String.format(
            Locale.ROOT,
            "Sending [%s%s] %3d%%  %,d of %,d, %,d failed, %,d deferrals",
            "#".repeat(filled),
            ".".repeat(BAR - filled),
            100 * progress.done() / all,
            progress.done(),
            progress.selected(),
            progress.failed(),
            progress.deferrals()));
  }

  private void log(RunProgress progress) {
    long now = System.nanoTime();
    if (now - lastLogged >= LOG_NANOS) {
      lastLogged = now;
      line(
          String.format(
              Locale.ROOT,
              "Run: %,d of %,d done, %,d failed, %,d deferrals",
              progress.done(),
              progress.selected(),
              progress.failed(),
              progress.deferrals()));
    }
  }

  @Override
  public synchronized void note(String message) {
    line(ansi.string("@|yellow Note:|@ ") + message);
  }

  /** Ends the moving line. */
  public synchronized void finished(RunReport report) {
    endMoving();
    err.flush();
  }

  private void move(String text) {
    long now = System.nanoTime();
    if (!terminal || (moving && now - lastDrawn < REDRAW_NANOS)) {
      return;
    }
    lastDrawn = now;
    moving = true;
    err.print("\r\u001B[2K" + text);
    err.flush();
  }

  private void line(String text) {
    endMoving();
    err.println(text);
    err.flush();
  }

  private void endMoving() {
    if (moving) {
      err.print("\r\u001B[2K");
      moving = false;
    }
  }
}
