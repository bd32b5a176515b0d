package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What each command says of itself. */
class HelpTest {

  @ParameterizedTest
  @MethodSource("commands")
  void everyPercentSignIsOne(String name, CommandLine command) {
    // What cannot be formatted is printed as it was written, with signs in pairs and a warning.
    assertThat(command.getUsageMessage()).as(name).isNotBlank().doesNotContain("%%", "%n", "${");
  }

  static Stream<Object[]> commands() {
    List<Object[]> all = new ArrayList<>();
    collect(LettershopCommand.commandLine(), all);
    return all.stream();
  }

  private static void collect(CommandLine command, List<Object[]> all) {
    all.add(new Object[] {command.getCommandSpec().qualifiedName(), command});
    command.getSubcommands().values().forEach(sub -> collect(sub, all));
  }
}
