package dev.lettershop.cli.keys;

import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import dev.lettershop.store.encryption.Keyset;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop keys create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Make new keys and write them to a file, which must not be there yet.",
      "Keep a copy of it where the database's backups are not: without it they cannot be read."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:made", "2:usage, or the file is there already"})
final class KeysCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Such as keyset.json.")
  private Path file;

  @Override
  public Integer call() {
    KeysetFile.create(file, Keyset.generate());
    PrintWriter out = spec.commandLine().getOut();
    out.println("Keys are in " + file + ", which only you may read. Into the cluster with it:");
    out.println("  kubectl create secret generic pii-keys --from-file=keyset.json=" + file);
    out.println("and into the ProfileStore:");
    out.println("  spec: {encryption: {keysetSecretRef: {name: pii-keys, key: keyset.json}}}");
    out.flush();
    return ExitCode.DONE;
  }
}
