package dev.lettershop.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.LettershopCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExperimentPlanCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysHowManyPeopleAChangeNeeds() {
    assertThat(plan("--rate", "3%", "--lift", "20%")).isZero();
    assertThat(out)
        .hasToString(
            """
            To find a change of 20%, from 3% to 3.6%, in 80% of all tests, each variant needs 14,610 people (29,220 of all 2 variants).
            With a single look at the end it would be 13,914.
            """);
  }

  @Test
  void saysWhatSoManyPeopleCanShow() {
    assertThat(plan("--rate", "0.03", "--people", "14610", "--variants", "3", "-o", "json"))
        .isZero();
    assertThat(out.toString())
        .contains("\"lift\" : 0.19999", "\"peoplePerVariant\" : 14610", "\"people\" : 43830")
        .doesNotContain("OneLook");
  }

  @Test
  void saysWhenNothingCanBeShown() {
    assertThat(plan("--rate", "50%", "--people", "3")).isZero();
    assertThat(out.toString()).contains("3 people per variant cannot show any change");
  }

  @ParameterizedTest
  @CsvSource({
    "--rate 0 --lift 0.2, --rate has to be over 0% and under 100%",
    "--rate 3% --lift 0, --lift cannot be 0%",
    "--rate 60% --lift 100%, a rate of 60% would become 120%",
    "--rate many --lift 20%, is not a share: write a percentage such as 3%",
    "--rate 3% --people 0, --people has to be at least 1",
    "--rate 3% --lift 20% --variants 1, --variants has to be 2 to 10",
    "--rate 3% --lift 20% --confidence 40%, --confidence has to be at least 50%",
    "--rate 3% --lift 20% --people 3, mutually exclusive",
    "--rate 3%, Missing required argument"
  })
  void wrongUsage(String arguments, String message) {
    assertThat(plan(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  private int plan(String... arguments) {
    CommandLine command = LettershopCommand.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 2];
    all[0] = "experiment";
    all[1] = "plan";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return command.execute(all);
  }
}
