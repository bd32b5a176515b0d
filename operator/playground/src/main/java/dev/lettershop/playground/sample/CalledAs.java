package dev.lettershop.playground.sample;

import java.nio.file.Path;

/** How somebody has called the program, for what is said about the next call. */
public final class CalledAs {
  private static final String TREE = "./lettershop";

  private CalledAs() {}

  /** What to type: the launcher of an installed archive says its name. */
  public static String command() {
    return System.getProperty("lettershop.command", TREE);
  }

  /** Where the quickstart's resources are. */
  public static String samples() {
    Path inside = Path.of("samples", "quickstart");
    return command().equals(TREE)
        ? inside.toString()
        : Path.of(System.getProperty("lettershop.home", "")).resolve(inside).toString();
  }
}
