package dev.lettershop.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt one was probably meant to be. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * The nearest of {@code known} by Damerau-Levenshtein distance, ignoring case, when it is near
   * enough (a third of the length, rounded up) to be worth offering.
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = (name.length() + 2) / 3;
    return known.stream()
        .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit)
        .min(
            Comparator.comparingInt(
                    (String candidate) -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * A fix to print: {@code did you mean "city"?}, or the list of what there is when nothing is
   * near, or null when nothing is known.
   */
  public static String fix(String name, Collection<String> known) {
    return nearest(name, known)
        .map(candidate -> "did you mean \"" + candidate + "\"?")
        .orElseGet(() -> known.isEmpty() ? null : "known: " + listed(known));
  }

  private static String listed(Collection<String> known) {
    int most = 12;
    String names =
        known.stream().sorted().limit(most).collect(java.util.stream.Collectors.joining(", "));
    return known.size() > most ? names + ", and " + (known.size() - most) + " more" : names;
  }

  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(current[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        current[j] = swapped ? Math.min(best, beforeLast[j - 2] + 1) : best;
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = current;
      current = spare;
    }
    return last[b.length()];
  }
}
