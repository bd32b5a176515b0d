package dev.lettershop.bench;

import dev.lettershop.models.recommend.Baskets;
import dev.lettershop.models.recommend.Cosine;
import dev.lettershop.models.recommend.Ease;
import dev.lettershop.models.recommend.Neighbours;
import dev.lettershop.models.recommend.PairCounts;
import dev.lettershop.models.recommend.Recommender;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/**
 * Recommendations: how long counts, neighbours and the ten best of everybody take, and how good
 * they are on MovieLens-100k, which the package recbole of PyPI brings and nothing keeps.
 */
final class RecommendationMeasure {
  private static final int ITEMS = 5_000;
  private static final int EACH = 18;
  private static final int TOP = 10;
  private static final double LIKED = 4;

  private final Path work;

  RecommendationMeasure(Path work) {
    this.work = work;
  }

  /** Made-up people who each bought about 18 of 5,000 items, some much more popular than others. */
  List<Figure> speed(int people) {
    int[][] bought = people(people);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      ids.add("p" + i);
    }
    long start = System.nanoTime();
    PairCounts counts = new PairCounts(ITEMS);
    for (int[] basket : bought) {
      counts.add(basket, basket.length);
    }
    Neighbours neighbours = Cosine.learn(ids, counts);
    Recommender recommender = new Recommender(neighbours, TOP, true);
    long found = 0;
    for (int[] basket : bought) {
      found += recommender.of(basket, basket.length).size();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return List.of(
        Figure.of("counts, neighbours and top 10 of everybody", seconds, "s").against("limit", 15),
        Figure.of("items found for a person", (double) found / people, "items"));
  }

  private static int[][] people(int people) {
    Random random = new Random(20_261_201);
    int[][] bought = new int[people][];
    for (int p = 0; p < people; p++) {
      int taste = random.nextInt(50);
      bought[p] = random.ints(EACH).map(i -> item(random, taste)).distinct().toArray();
    }
    return bought;
  }

  /** Mostly of the person's taste, and mostly one that many buy. */
  private static int item(Random random, int taste) {
    double skewed = Math.pow(random.nextDouble(), 2);
    return random.nextInt(3) == 0
        ? (int) (skewed * ITEMS)
        : (taste + 50 * (int) (skewed * (ITEMS / 50))) % ITEMS;
  }

  private record Ratings(Map<String, List<String>> learnt, Map<String, List<String>> held) {}

  /** Recall at ten of what each person liked last, beside the best of implicit. */
  List<Figure> quality() throws IOException, InterruptedException {
    Ratings ratings = movieLens();
    Path csv = work.resolve("ratings.csv");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
      ratings.learnt().forEach((u, items) -> items.forEach(i -> out.println("0," + u + "," + i)));
      ratings.held().forEach((u, items) -> items.forEach(i -> out.println("1," + u + "," + i)));
    }
    double cosine = recall(ratings, false);
    double ease = recall(ratings, true);
    Map<String, Double> peer = Peer.run(work, IMPLICIT, csv.toString());
    double best = peer.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    peer.forEach(
        (name, recall) -> ModelsBenchmark.note("implicit %s: recall@10 %.4f", name, recall));
    return List.of(
        Figure.of("MovieLens-100k, recall@10, cosine", cosine, "")
            .against("0.95 of implicit's best", 0.95 * best),
        Figure.of("MovieLens-100k, recall@10, EASE", ease, "")
            .against("0.95 of implicit's best", 0.95 * best));
  }

  private static final String IMPLICIT =
      """
      import sys, numpy as np, scipy.sparse as sp
      from implicit.als import AlternatingLeastSquares
      from implicit.bpr import BayesianPersonalizedRanking
      from implicit.nearest_neighbours import CosineRecommender, TFIDFRecommender, BM25Recommender
      rows = [l.strip().split(",") for l in open(sys.argv[1])]
      users = {u: i for i, u in enumerate(sorted({r[1] for r in rows}))}
      items = {m: i for i, m in enumerate(sorted({r[2] for r in rows}))}
      learnt = [(users[r[1]], items[r[2]]) for r in rows if r[0] == "0"]
      held = {}
      for r in rows:
          if r[0] == "1": held.setdefault(users[r[1]], set()).add(items[r[2]])
      m = sp.csr_matrix((np.ones(len(learnt), dtype=np.float32), tuple(np.array(learnt).T)), (len(users), len(items)))
      models = {"cosine": CosineRecommender(50), "tfidf": TFIDFRecommender(50), "bm25": BM25Recommender(50),
          "als32": AlternatingLeastSquares(32, regularization=0.05, alpha=2.0, iterations=20, random_state=1),
          "als64": AlternatingLeastSquares(64, regularization=0.1, alpha=5.0, iterations=20, random_state=1),
          "als16": AlternatingLeastSquares(16, regularization=0.05, alpha=10.0, iterations=20, random_state=1),
          "bpr": BayesianPersonalizedRanking(64, random_state=1)}
      for name, model in models.items():
          model.fit(m, show_progress=False)
          people = np.array(sorted(held))
          found, _ = model.recommend(people, m[people], N=10, filter_already_liked_items=True)
          print(name, np.mean([len(held[u] & set(f)) / len(held[u]) for u, f in zip(people, found)]))
      """;

  private static double recall(Ratings ratings, boolean ease) {
    Map<String, Integer> counts = new HashMap<>();
    ratings.learnt().values().forEach(l -> l.forEach(i -> counts.merge(i, 1, Integer::sum)));
    List<String> items =
        counts.keySet().stream()
            .sorted(Comparator.comparing((String i) -> -counts.get(i)).thenComparing(i -> i))
            .toList();
    PairCounts pairs = new PairCounts(items.size());
    Map<Long, int[]> baskets = new TreeMap<>();
    Baskets grouped =
        new Baskets(items, (p, bought, n) -> baskets.put(p, Arrays.copyOf(bought, n)));
    ratings.learnt().forEach((u, l) -> l.forEach(i -> grouped.add(Long.parseLong(u), i)));
    grouped.end();
    baskets.values().forEach(basket -> pairs.add(basket, basket.length));
    Neighbours neighbours = ease ? Ease.learn(items, pairs) : Cosine.learn(items, pairs);
    Recommender recommender = new Recommender(neighbours, TOP, true);
    double sum = 0;
    for (Map.Entry<String, List<String>> held : ratings.held().entrySet()) {
      int[] basket = baskets.getOrDefault(Long.parseLong(held.getKey()), new int[0]);
      List<String> found = recommender.of(basket, basket.length);
      sum +=
          (double) held.getValue().stream().filter(found::contains).count()
              / held.getValue().size();
    }
    return sum / ratings.held().size();
  }

  /** What people rated with 4 or 5; the last fifth of each person's is held out. */
  private Ratings movieLens() throws IOException, InterruptedException {
    Path wheel = Peer.wheel(work, "recbole==1.2.1");
    record Rating(String item, double time) {}
    Map<String, List<Rating>> rated = new TreeMap<>();
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      var entry = zip.getEntry("recbole/dataset_example/ml-100k/ml-100k.inter");
      String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\\R")) {
        String[] parts = line.split("\t");
        if (parts.length == 4
            && parts[0].matches("[0-9]+")
            && Double.parseDouble(parts[2]) >= LIKED) {
          rated
              .computeIfAbsent(parts[0], u -> new ArrayList<>())
              .add(new Rating(parts[1], Double.parseDouble(parts[3])));
        }
      }
    }
    Map<String, List<String>> learnt = new TreeMap<>();
    Map<String, List<String>> held = new TreeMap<>();
    rated.forEach(
        (user, ratings) -> {
          ratings.sort(Comparator.comparingDouble(Rating::time).thenComparing(Rating::item));
          int cut = ratings.size() - ratings.size() / 5;
          learnt.put(user, ratings.subList(0, cut).stream().map(Rating::item).toList());
          if (cut < ratings.size()) {
            held.put(
                user, ratings.subList(cut, ratings.size()).stream().map(Rating::item).toList());
          }
        });
    return new Ratings(learnt, held);
  }
}
