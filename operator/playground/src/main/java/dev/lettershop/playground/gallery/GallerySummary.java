package dev.lettershop.playground.gallery;

import java.util.List;

/**
 * What stands above the mails.
 *
 * @param title what was sent
 * @param subtitle one line on when and how
 * @param figures the few numbers that matter, in order
 * @param groups how the numbers come about
 */
public record GallerySummary(
    String title, String subtitle, List<Figure> figures, List<Group> groups) {
  public GallerySummary {
    figures = List.copyOf(figures);
    groups = List.copyOf(groups);
  }

  /** One number, such as {@code 871 sent}. */
  public record Figure(String label, long value) {}

  /** Numbers that belong together, such as the reasons why people were left out. */
  public record Group(String title, List<Figure> figures) {
    public Group {
      figures = List.copyOf(figures);
    }
  }
}
