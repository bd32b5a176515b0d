package dev.lettershop.cli.init;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Asks whoever sits at the terminal. */
interface Questions {

  /**
   * @param otherwise what an empty answer means; null for nothing
   * @return the answer
   */
  String ask(String question, String otherwise);

  /**
   * Asks for what is not to be seen.
   *
   * @return null when nobody answers
   */
  String askSecretly(String question);

  /** Those of a terminal; where there is none, everything is as it is otherwise. */
  static Questions ofTerminal() {
    Console console = System.console();
    return console != null && isTerminal(console) ? new Terminal(console) : new Unattended();
  }

  /** From Java 22 on there is a console without a terminal, too, and it says so. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException older) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Console.isTerminal is public and throws nothing", e);
    }
  }

  /** A person. */
  record Terminal(Console console) implements Questions {
    @Override
    public String ask(String question, String otherwise) {
      String hint = otherwise == null ? "" : " [" + otherwise + "]";
      String answer = console.readLine("%s%s: ", question, hint);
      return answer == null || answer.isBlank() ? otherwise : answer.strip();
    }

    @Override
    public String askSecretly(String question) {
      char[] answer = console.readPassword("%s: ", question);
      return answer == null ? null : new String(answer);
    }
  }

  /** Nobody. */
  record Unattended() implements Questions {
    @Override
    public String ask(String question, String otherwise) {
      return otherwise;
    }

    @Override
    public String askSecretly(String question) {
      return null;
    }
  }
}
