package dev.lettershop.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A call builds no more commands than it needs, and nobody notices. */
class MainTest {
  private record Said(int code, String out, String err) {}

  private static Said said(CommandLine line, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        line.setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "-h",
        "--version",
        "help",
        "help run",
        "run --help",
        "segment count --help",
        "quickstart --help",
        "lint",
        "lnit",
        "--wrong",
        "segment cuont"
      })
  void it_answers_as_with_all_commands(String words) {
    String[] arguments = words.isEmpty() ? new String[0] : words.split(" ");

    Said answer = said(Main.commandLine(Clock.systemUTC(), arguments), arguments);

    assertThat(answer).isEqualTo(said(Main.commandLine(Clock.systemUTC()), arguments));
  }

  @Test
  void a_call_of_one_command_builds_that_one() {
    assertThat(Main.commandLine(Clock.systemUTC(), "lint", "-f", ".").getSubcommands())
        .containsOnlyKeys("lint");
  }
}
