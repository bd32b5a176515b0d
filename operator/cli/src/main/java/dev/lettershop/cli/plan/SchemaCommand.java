package dev.lettershop.cli.plan;

import dev.lettershop.cli.output.ResourceSchema;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lettershop schema}: for editors. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Print the JSON schema of all kinds, for editors.",
      "A first line \"# yaml-language-server: $schema=.schemas/lettershop.json\" in a file has"
          + " editors complete fields, show what they mean and mark what does not exist."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:printed", "2:usage"})
public final class SchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ResourceSchema.text());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
