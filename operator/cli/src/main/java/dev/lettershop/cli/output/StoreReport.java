package dev.lettershop.cli.output;

import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The frame of commands that ask one store something, and print what it answers. */
public final class StoreReport {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private StoreOptions store;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /**
   * Opens the store, asks, and prints.
   *
   * @param text prints the answer for people; it is printed as it is for programs
   * @return exit code
   */
  public <T> int print(Function<StoreOptions.Opened, T> question, BiConsumer<T, PrintWriter> text) {
    var opened = store.open(spec.commandLine());
    if (opened.isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    try (StoreOptions.Opened open = opened.get()) {
      T answer = question.apply(open);
      PrintWriter out = spec.commandLine().getOut();
      if (output == OutputFormat.json) {
        Json.print(out, answer);
      } else {
        text.accept(answer, out);
        out.flush();
      }
    }
    return ExitCode.DONE;
  }
}
