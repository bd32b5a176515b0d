package dev.lettershop.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of a tree of commands for fish. */
final class FishCompletion {
  private final CommandLine root;
  private final String program;
  private final StringBuilder script = new StringBuilder();

  FishCompletion(CommandLine root) {
    this.root = root;
    this.program = root.getCommandName();
  }

  String script() {
    add(root, List.of());
    return script.toString();
  }

  private void add(CommandLine command, List<String> path) {
    String here = condition(command, path);
    TreeSet<String> names = new TreeSet<>(command.getSubcommands().keySet());
    for (String name : names) {
      CommandLine child = command.getSubcommands().get(name);
      if (!child.getCommandSpec().usageMessage().hidden()) {
        line(
            here, "-f -a " + name + described(child.getCommandSpec().usageMessage().description()));
      }
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden()) {
        line(here, option(option));
      }
    }
    for (String name : names) {
      List<String> below = new ArrayList<>(path);
      below.add(name);
      add(command.getSubcommands().get(name), below);
    }
  }

  /** Where the words of the path were typed, and none of a command below it. */
  private static String condition(CommandLine command, List<String> path) {
    if (path.isEmpty()) {
      return "__fish_use_subcommand";
    }
    String below = String.join(" ", new TreeSet<>(command.getSubcommands().keySet()));
    String typed =
        path.stream()
            .map(word -> "__fish_seen_subcommand_from " + word)
            .collect(Collectors.joining("; and "));
    if (below.isEmpty()) {
      return typed;
    }
    return typed + "; and not __fish_seen_subcommand_from " + below;
  }

  private static String option(OptionSpec option) {
    StringBuilder text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? "-l " : "-s ").append(name.replaceFirst("^--?", ""));
      text.append(' ');
    }
    if (option.arity().max() > 0) {
      text.append("-r ");
      List<String> values = values(option);
      if (!values.isEmpty()) {
        text.append("-f -a ").append(quoted(String.join(" ", values))).append(' ');
      }
    }
    return text.toString().strip() + described(option.description());
  }

  private static List<String> values(ArgSpec option) {
    Iterable<String> candidates = option.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  /** The first sentence is enough beside a name. */
  private static String described(String[] description) {
    if (description.length == 0) {
      return "";
    }
    String first = description[0].split("(?<=[.;:]) ", 2)[0].replaceAll("[.;:]$", "");
    return " -d " + quoted(first.replaceAll("%n|\\$\\{[^}]*}", "").replace("%%", "%"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void line(String condition, String what) {
    script
        .append("complete -c ")
        .append(program)
        .append(" -n ")
        .append(quoted(condition))
        .append(' ')
        .append(what)
        .append('\n');
  }
}
