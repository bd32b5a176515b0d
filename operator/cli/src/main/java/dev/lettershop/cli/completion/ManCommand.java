package dev.lettershop.cli.completion;

import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lettershop man}: the manual page, with a section for each command. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Print the manual page, to be kept as lettershop.1 in a folder man1 of MANPATH.",
      "To read it at once: lettershop man | man -l -"
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:printed", "2:usage"})
public final class ManCommand implements Callable<Integer> {
  private static final int WIDTH = 78;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CommandLine root = spec.root().commandLine();
    out.println(".TH LETTERSHOP 1 \"\" \"" + escaped(version()) + "\" \"Lettershop\"");
    out.println(".SH NAME");
    out.println("lettershop \\- personalised e-mail campaigns as Kubernetes resources");
    out.println(".SH DESCRIPTION");
    usage(out, root);
    out.println(".SH COMMANDS");
    commands(out, root);
    out.flush();
    return ExitCode.DONE;
  }

  private static String version() {
    return new VersionProvider().getVersion()[0];
  }

  private static void commands(PrintWriter out, CommandLine parent) {
    for (CommandLine command : new LinkedHashSet<>(parent.getSubcommands().values())) {
      if (!command.getCommandName().equals("help")) {
        out.println(".SS " + escaped(command.getCommandSpec().qualifiedName()));
        usage(out, command);
        commands(out, command);
      }
    }
  }

  /** As --help has it, at a width that every terminal has. */
  private static void usage(PrintWriter out, CommandLine command) {
    CommandSpec shown = command.getCommandSpec();
    boolean auto = shown.usageMessage().autoWidth();
    int width = shown.usageMessage().width();
    shown.usageMessage().autoWidth(false).width(WIDTH);
    String text = command.getUsageMessage(Ansi.OFF);
    shown.usageMessage().autoWidth(auto).width(width);
    out.println(".nf");
    text.lines().map(ManCommand::escaped).forEach(out::println);
    out.println(".fi");
  }

  /** A line that troff prints as it is. */
  static String escaped(String line) {
    String plain = line.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
