package dev.lettershop.playground.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits what people type into a shell into commands and words. */
final class ShellCommands {
  private static final Pattern HEREDOC = Pattern.compile("(?ms)<<'?(\\w+)'?([^\n]*)\n(.*?)^\\1$");
  private static final Pattern WORD =
      Pattern.compile("\\s*((?:'[^']*'|\"[^\"]*\"|\\\\.|[^\\s'\"#]|(?<=\\S)#)+|#.*)");

  private ShellCommands() {}

  /** The words of each command; of a loop or pipe the commands within. */
  static List<List<String>> of(String text) {
    List<List<String>> commands = new ArrayList<>();
    String plain = HEREDOC.matcher(text).replaceAll("$2").replace("\\\n", " ");
    for (String line : plain.split("\n")) {
      String command = line.strip().replaceFirst("^(\\$|do) ", "");
      if (command.isEmpty() || command.matches("#.*|for .*; do|done|EOF")) {
        continue;
      }
      commands.add(words(command));
    }
    return commands;
  }

  /** The documents that are handed to commands on their input. */
  static List<String> inputs(String text) {
    List<String> inputs = new ArrayList<>();
    Matcher heredoc = HEREDOC.matcher(text);
    while (heredoc.find()) {
      inputs.add(heredoc.group(3));
    }
    return inputs;
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.lookingAt()) {
      String text = word.group(1);
      if (text.startsWith("#") || text.equals(">") || text.startsWith("<(")) {
        break;
      }
      words.add(text.replaceAll("^['\"]|['\"]$", "").replaceAll("=['\"](.*)['\"]?$", "=$1"));
      word.region(word.end(), command.length());
    }
    return words;
  }
}
