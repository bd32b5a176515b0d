package dev.lettershop.models.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says what a person may like, by what goes with what the person bought. Not thread-safe. */
public final class Recommender {
  private final Neighbours neighbours;
  private final boolean exceptBought;
  private final long[] scores;
  private final int[] touched;
  private final boolean[] known;
  private final NearestItems best;

  /**
   * @param most how many items are wanted for a person
   * @param exceptBought whether what the person bought is left out
   */
  public Recommender(Neighbours neighbours, int most, boolean exceptBought) {
    int items = neighbours.items().size();
    this.neighbours = neighbours;
    this.exceptBought = exceptBought;
    this.scores = new long[items];
    this.touched = new int[items];
    this.known = new boolean[items];
    this.best = new NearestItems(most);
  }

  /**
   * Ids of items, the best first.
   *
   * @param bought different items by number, from the start of the array
   */
  public List<String> of(int[] bought, int count) {
    numbers(bought, count);
    List<String> ids = new ArrayList<>(best.size());
    for (int place = 0; place < best.size(); place++) {
      ids.add(neighbours.items().get(best.item(place)));
    }
    return ids;
  }

  /** Whether an item is among the best. */
  public boolean finds(int item, int[] bought, int count) {
    numbers(bought, count);
    for (int place = 0; place < best.size(); place++) {
      if (best.item(place) == item) {
        return true;
      }
    }
    return false;
  }

  private void numbers(int[] bought, int count) {
    int touches = 0;
    for (int b = 0; b < count; b++) {
      int[] others = neighbours.others()[bought[b]];
      int[] weights = neighbours.weights()[bought[b]];
      for (int o = 0; o < others.length; o++) {
        if (!known[others[o]]) {
          known[others[o]] = true;
          touched[touches++] = others[o];
        }
        scores[others[o]] += weights[o];
      }
    }
    if (exceptBought) {
      for (int b = 0; b < count; b++) {
        scores[bought[b]] = 0;
      }
    }
    // By number, so that of equal ones the one that more people bought comes first.
    Arrays.sort(touched, 0, touches);
    best.clear();
    for (int t = 0; t < touches; t++) {
      int item = touched[t];
      if (scores[item] > 0) {
        best.offer(item, scores[item]);
      }
      known[item] = false;
    }
    for (int t = 0; t < touches; t++) {
      scores[touched[t]] = 0;
    }
    for (int b = 0; b < count; b++) {
      scores[bought[b]] = 0;
    }
  }
}
