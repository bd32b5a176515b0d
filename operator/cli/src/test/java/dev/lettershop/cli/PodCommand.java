package dev.lettershop.cli;

import dev.lettershop.job.TerminationMessage;
import dev.lettershop.testkit.ApiStandIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** A worker's command, called as its Pod calls it: in this process, or as one of its own. */
public final class PodCommand {
  private final TestShop shop;
  private final ApiStandIn api;
  private final Path scratch;
  private int number;

  /**
   * @param api null for a Pod without a service account
   */
  public PodCommand(TestShop shop, ApiStandIn api, Path scratch) {
    this.shop = shop;
    this.api = api;
    this.scratch = scratch;
  }

  /** How a command ended. */
  public record Result(int exitCode, String out, String err, TerminationMessage message) {
    public String all() {
      return out + err + message.format();
    }
  }

  public Result call(String command, String... options) throws IOException {
    Path log = newLog();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exitCode = commandLine.execute(arguments(command, log, options));
    return new Result(exitCode, out.toString(), err.toString(), message(log));
  }

  Started start(String command, String... options) throws IOException {
    Path log = newLog();
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LettershopCommand.class.getName()));
    line.addAll(Arrays.asList(arguments(command, log, options)));
    Path output = scratch.resolve("output-" + number);
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new Started(process, log, output);
  }

  private String[] arguments(String command, Path log, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--plan=" + shop.plan(command),
                "--secrets=" + shop.secrets(),
                "--termination-log=" + log,
                "--service-account="
                    + (api == null ? scratch.resolve("none") : api.serviceAccount())));
    if (api != null) {
      arguments.add("--api-server=" + api.url());
    }
    if (command.equals("send") || command.equals("sync")) {
      arguments.add("--sources=" + shop.sources());
    }
    arguments.addAll(Arrays.asList(options));
    return arguments.toArray(String[]::new);
  }

  private synchronized Path newLog() throws IOException {
    return Files.createFile(scratch.resolve("termination-log-" + ++number));
  }

  private static TerminationMessage message(Path log) throws IOException {
    return TerminationMessage.parse(Files.readString(log)).orElse(null);
  }

  /** A command in a process of its own. */
  record Started(Process process, Path log, Path output) {
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    void terminate() {
      process.destroy();
    }

    /** Waits for the end. */
    Result result() throws IOException, InterruptedException {
      if (!process.waitFor(240, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      return new Result(process.exitValue(), Files.readString(output), "", message(log));
    }
  }
}
