package dev.lettershop.playground.lifeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifelineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path folder;

  /** A command that starts a process and is then killed, or ends in order. */
  static final class Command {
    private Command() {}

    /** Prints the number of what it has started, and waits for a line. */
    public static void main(String[] arguments) throws Exception {
      Lifeline lifeline = Lifeline.start();
      Process child = new ProcessBuilder("sleep", "1000").start();
      lifeline.watch(child.toHandle());
      lifeline.remove(Path.of(arguments[0]));
      System.out.println(child.pid());
      System.in.read();
      lifeline.close();
    }
  }

  private Process start(Path removed) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Command.class.getName(),
            removed.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProcessHandle child(Process command) throws Exception {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(command.getInputStream(), StandardCharsets.UTF_8));
    return ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
  }

  @Test
  void what_a_killed_command_has_started_ends_with_it() throws Exception {
    Path left = Files.createDirectories(folder.resolve("lettershop-left").resolve("data"));
    Process command = start(left.getParent());
    ProcessHandle child = child(command);
    assertThat(child.isAlive()).isTrue();

    command.destroyForcibly();

    Awaitility.await("the process ends, and the folder goes")
        .atMost(PATIENCE)
        .until(() -> !child.isAlive() && !Files.exists(left.getParent()));
  }

  @Test
  void who_closes_it_has_ended_things_in_order() throws Exception {
    Path kept = Files.createDirectory(folder.resolve("lettershop-kept"));
    Process command = start(kept);
    ProcessHandle child = child(command);
    try {
      command.getOutputStream().write('\n');
      command.getOutputStream().close();
      assertThat(command.waitFor()).isZero();

      assertThat(child.isAlive()).isTrue();
      assertThat(kept).exists();
    } finally {
      child.destroyForcibly();
    }
  }
}
