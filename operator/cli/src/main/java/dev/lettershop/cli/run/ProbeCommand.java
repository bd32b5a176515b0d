package dev.lettershop.cli.run;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.job.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks an address for health until it is well or time is over; what {@code helm test} runs. */
@Command(
    name = "probe",
    description = "Asks an HTTP address until it answers 200; for helm test.",
    mixinStandardHelpOptions = true)
public final class ProbeCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Parameters(paramLabel = "URL", description = "The address, such as http://…/q/health/ready.")
  private URI address;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to ask; default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Spec private CommandSpec spec;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @Override
  public Integer call() throws InterruptedException {
    if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
      throw new UsageException(
          "\"" + address + "\" is not an address; write http://HOST:PORT/PATH");
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    String said = ask();
    while (said != null && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE.toMillis());
      said = ask();
    }
    if (said == null) {
      spec.commandLine().getOut().println(address + " is well");
      return ExitCode.DONE;
    }
    spec.commandLine()
        .getErr()
        .println(address + " was not well for " + seconds + " s; it last said: " + said);
    return ExitCode.RETRY;
  }

  /** What it says is missing; null when it is well. */
  private String ask() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).GET().build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? null : answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
  }
}
