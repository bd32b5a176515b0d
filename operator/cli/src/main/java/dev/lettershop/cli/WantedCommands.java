package dev.lettershop.cli;

import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Which sub-commands a call needs: a model of all options of all commands takes longer to build
 * than most commands take to run.
 */
public final class WantedCommands {
  /** All of them, with everything. */
  public static final WantedCommands ALL = new WantedCommands(null, false);

  /** Calls that look at commands as a whole. */
  private static final Set<String> ABOUT_ALL = Set.of("help", "completion", "man");

  private static final Set<String> ABOUT_NAMES = Set.of("-h", "--help", "-V", "--version");

  private final String only;
  private final boolean names;

  private WantedCommands(String only, boolean names) {
    this.only = only;
    this.names = names;
  }

  /** What a call with these arguments needs. */
  public static WantedCommands by(String... arguments) {
    if (arguments.length == 0 || (arguments.length == 1 && ABOUT_NAMES.contains(arguments[0]))) {
      return new WantedCommands(null, true);
    }
    return arguments[0].startsWith("-") || ABOUT_ALL.contains(arguments[0])
        ? ALL
        : new WantedCommands(arguments[0], false);
  }

  /**
   * Adds a command as far as it is needed.
   *
   * @param type its class
   * @param command the command, or its class
   */
  public void add(CommandLine line, Class<?> type, Supplier<Object> command) {
    Command about = type.getAnnotation(Command.class);
    if (names && !about.name().equals("help")) {
      line.addSubcommand(named(about));
    } else if (only == null || only.equals(about.name())) {
      line.addSubcommand(command.get());
    }
  }

  /** Whether the command that is called is among those that were added. */
  public boolean isMetBy(CommandLine line) {
    return only == null || line.getSubcommands().containsKey(only);
  }

  /** With what a list of commands shows of it. */
  private static CommandSpec named(Command about) {
    CommandSpec spec = CommandSpec.create().name(about.name());
    spec.usageMessage().description(about.description()).hidden(about.hidden());
    return spec;
  }
}
