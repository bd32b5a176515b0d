package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.RemoteFallback;
import dev.lettershop.api.v1alpha1.model.RemoteModel;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.models.remote.ModelServer;
import dev.lettershop.models.remote.RemoteCalls;
import dev.lettershop.models.remote.RemoteShape;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.Store;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.store.model.ModelScores;
import dev.lettershop.store.rule.FeatureSql;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Has a server say the scores of everybody, in batches of which a few are under way at a time, and
 * writes them at once. Memory does not grow with the number of people.
 */
final class RemoteScoring {
  private static final double DIGITS = 1000;

  private final Store store;
  private final ModelPlan plan;
  private final RemoteModel remote;
  private final Recipe.Compiled recipe;
  private final RemoteShape shape;
  private final RemoteCalls calls;

  RemoteScoring(Store store, ModelPlan plan, ModelServer server, RemoteCalls.Pause pause) {
    this.store = store;
    this.plan = plan;
    this.remote = plan.spec().remote();
    this.recipe = Recipe.of(plan).compile(plan.store().schema());
    this.shape =
        new RemoteShape(remote, plan.spec().features().stream().map(f -> f.name()).toList());
    this.calls = new RemoteCalls(server, shape, pause);
  }

  /** What scoring came to. */
  record Scored(ModelScores.Written written, RemoteCalls.Unanswered unanswered) {}

  /**
   * @throws RemoteModelException when people were not answered about, and the fallback is Fail
   */
  Scored score(ModelKey model, Instant now) {
    ExecutorService asking = Executors.newFixedThreadPool(remote.concurrency());
    try {
      ModelScores.Written written =
          store
              .modelScores()
              .replace(
                  model,
                  DurationText.parse(remote.maxAge()),
                  sink -> {
                    Batches batches = new Batches(asking, sink);
                    store
                        .features()
                        .read(
                            plan.store().schema(),
                            new FeatureSql.Question(
                                recipe.population(), recipe.features(), now, null, null),
                            (profile, row, none) -> batches.add(profile, row));
                    batches.end();
                  });
      return new Scored(written, calls.unanswered());
    } finally {
      asking.shutdownNow();
    }
  }

  /** People on their way to the server and back, in order. */
  private final class Batches {
    private final ExecutorService asking;
    private final ModelScores.Sink sink;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private List<Long> profiles = new ArrayList<>();
    private List<float[]> rows = new ArrayList<>();

    Batches(ExecutorService asking, ModelScores.Sink sink) {
      this.asking = asking;
      this.sink = sink;
    }

    private record Sent(List<Long> profiles, Future<double[]> scores) {}

    void add(long profile, float[] row) {
      if (!shape.takesUnknown() && holdsUnknown(row)) {
        return;
      }
      profiles.add(profile);
      rows.add(row.clone());
      if (rows.size() == remote.batch()) {
        send();
      }
    }

    private void send() {
      float[][] people = rows.toArray(float[][]::new);
      sent.add(new Sent(profiles, asking.submit(() -> calls.ask(people))));
      profiles = new ArrayList<>();
      rows = new ArrayList<>();
      while (sent.size() > remote.concurrency()) {
        take();
      }
    }

    void end() {
      if (!rows.isEmpty()) {
        send();
      }
      while (!sent.isEmpty()) {
        take();
      }
    }

    private void take() {
      Sent first = sent.remove();
      double[] scores = scores(first);
      for (int i = 0; i < scores.length; i++) {
        long profile = first.profiles().get(i);
        if (!Double.isNaN(scores[i])) {
          sink.put(profile, thousandths(scores[i]), null);
        } else if (remote.fallback() == RemoteFallback.KeepLast) {
          sink.keep(profile);
        } else if (remote.fallback() == RemoteFallback.Fail) {
          RemoteCalls.Unanswered unanswered = calls.unanswered();
          throw new RemoteModelException(
              unanswered.kind().name(),
              "Model "
                  + plan.name()
                  + " was not scored: "
                  + unanswered.message()
                  + "; all scores are as they were");
        }
      }
    }

    private static double[] scores(Sent sent) {
      try {
        return sent.scores().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RemoteModelException("Interrupted", "Scoring was interrupted; run it again");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("Asking a model server failed", e.getCause());
      }
    }
  }

  /** Of chances; numbers so large that it makes no difference stay as they are. */
  private static double thousandths(double score) {
    return Math.abs(score) < 1e12 ? Math.round(score * DIGITS) / DIGITS : score;
  }

  private static boolean holdsUnknown(float[] row) {
    for (float number : row) {
      if (Float.isNaN(number)) {
        return true;
      }
    }
    return false;
  }
}
