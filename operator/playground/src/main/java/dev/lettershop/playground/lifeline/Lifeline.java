package dev.lettershop.playground.lifeline;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Ends processes when this one is gone, in whatever way: {@code kill -9} runs no shutdown hook. A
 * shell waits at the end of a pipe that the operating system closes together with this process.
 * Thread-safe.
 */
public final class Lifeline implements AutoCloseable {
  /** Ctrl-C reaches the whole group of processes; the shell has to outlive it to do its work. */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=
      folder=
      while IFS=' ' read -r word what; do
        case $word in
          watch) pids="$pids $what" ;;
          forget)
            left=
            for pid in $pids; do [ "$pid" = "$what" ] || left="$left $pid"; done
            pids=$left ;;
          remove) folder=$what ;;
          end) exit 0 ;;
        esac
      done
      kill -TERM $pids 2>/dev/null
      tries=0
      while [ $tries -lt 100 ] && kill -0 $pids 2>/dev/null; do
        sleep 0.1
        tries=$((tries + 1))
      done
      for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
      case $folder in
        */lettershop-*) rm -rf -- "$folder" ;;
      esac
      exit 0
      """;

  private final Process shell;
  private final Writer orders;
  private boolean gone;

  private Lifeline(Process shell) {
    this.shell = shell;
    this.orders = new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.UTF_8);
  }

  /**
   * Begins to watch over nothing yet.
   *
   * @throws IOException when there is no shell
   */
  public static Lifeline start() throws IOException {
    return new Lifeline(
        new ProcessBuilder("/bin/sh", "-c", SCRIPT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Ends this process with its own one; a process that has ended is forgotten. */
  public void watch(ProcessHandle process) {
    tell("watch " + process.pid());
    process.onExit().thenRun(() -> tell("forget " + process.pid()));
  }

  /**
   * Also removes a folder, once the processes have ended.
   *
   * @param folder whose name begins with {@code lettershop-}; others stay
   */
  public void remove(Path folder) {
    tell("remove " + folder.toAbsolutePath());
  }

  private synchronized void tell(String order) {
    if (gone) {
      return;
    }
    try {
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      // Somebody has killed the shell: processes are ended in order by who has started them.
      gone = true;
    }
  }

  /** Ends nothing: who closes has ended what there was. */
  @Override
  public void close() throws IOException {
    tell("end");
    synchronized (this) {
      gone = true;
    }
    shell.getOutputStream().close();
  }
}
