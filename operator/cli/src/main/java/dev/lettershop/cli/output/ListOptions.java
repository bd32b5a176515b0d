package dev.lettershop.cli.output;

import picocli.CommandLine.Option;

/** The options of commands that list what sources have said. */
public final class ListOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--show-values", description = "Show personal data in clear.")
  private boolean showValues;

  /**
   * At most so many.
   *
   * @throws UsageException when it is none
   */
  public int limit() {
    if (limit < 1) {
      throw new UsageException("--limit is at least 1");
    }
    return limit;
  }

  public boolean showValues() {
    return showValues;
  }
}
