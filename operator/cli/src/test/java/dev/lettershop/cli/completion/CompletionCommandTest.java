package dev.lettershop.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.cli.ShopCommand;
import org.junit.jupiter.api.Test;

class CompletionCommandTest {
  @Test
  void fishIsToldEachCommandWhereItMayStandAndEachOption() {
    String script = ShopCommand.withoutResources("completion", "fish").out();

    LettershopCommand.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String line = "complete -c lettershop -n '__fish_use_subcommand' -f -a " + name + " ";
              boolean hidden = command.getCommandSpec().usageMessage().hidden();
              assertThat(script.contains(line)).as(name).isNotEqualTo(hidden);
            });
    assertThat(script.lines())
        .allMatch(line -> line.startsWith("complete -c lettershop "))
        .anyMatch(
            line ->
                line.contains(
                        "-n '__fish_seen_subcommand_from source; and not"
                            + " __fish_seen_subcommand_from describe help reset'")
                    && line.contains("-a describe -d '"))
        .anyMatch(
            line ->
                line.contains("'__fish_seen_subcommand_from lint'")
                    && line.contains("-s o -l output -r -f -a 'text json sarif github junit'"))
        .noneMatch(line -> line.contains("${") || line.contains("%n"));
  }

  @Test
  void bashIsCompletedAsBefore() {
    assertThat(ShopCommand.withoutResources("completion", "bash").out())
        .contains("_complete_lettershop", "init");
    assertThat(ShopCommand.withoutResources("completion", "tcsh").exitCode()).isEqualTo(2);
  }
}
