package dev.lettershop.cli.keys;

import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop keys rotate}. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Add new primary keys to a file, and keep the old ones.",
      "Put the file into the Secret, and then let keys rewrap bring what is stored under the new"
          + " keys. Meanwhile both are read, and mails go out: workers look into the Secret again"
          + " when they meet a key that they do not know.",
      "What addresses are found by is not rotated: the addresses of people who were forgotten stay"
          + " suppressed by it."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:rotated", "2:usage, or the file holds no keys"})
final class KeysRotateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "As keys create has written it.")
  private Path file;

  @Override
  public Integer call() {
    KeysetFile.replace(file, KeysetFile.read(file).rotated());
    PrintWriter out = spec.commandLine().getOut();
    out.println("New keys are primary in " + file + ". Now:");
    out.println(
        "  kubectl create secret generic pii-keys --from-file=keyset.json="
            + file
            + " --dry-run=client -o yaml | kubectl apply -f -");
    out.println("  lettershop keys rewrap -f MANIFESTS");
    out.flush();
    return ExitCode.DONE;
  }
}
