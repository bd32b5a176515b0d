package dev.lettershop.bench;

import com.sun.net.httpserver.HttpServer;
import dev.lettershop.api.v1alpha1.model.ModelFeature;
import dev.lettershop.api.v1alpha1.model.ModelSpec;
import dev.lettershop.api.v1alpha1.model.RemoteModel;
import dev.lettershop.api.v1alpha1.model.RemoteProtocol;
import dev.lettershop.models.ModelWork;
import dev.lettershop.models.remote.RemoteCalls;
import dev.lettershop.models.remote.RemoteShape;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.Store;
import dev.lettershop.worker.access.HttpModelServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Scores by a model server: against one that answers at once, and against a real one. */
final class RemoteMeasure {
  private static final int BATCH = 1_000;
  private static final Duration START = Duration.ofSeconds(120);

  static {
    // The JDK's server waits 40 ms before it sends an answer's body otherwise (Nagle).
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Path work;
  private final Store store;
  private final Plan.Store planned;
  private final long people;

  RemoteMeasure(Path work, Store store, Plan.Store planned, long people) {
    this.work = work;
    this.store = store;
    this.planned = planned;
    this.people = people;
  }

  List<Figure> measure() throws Exception {
    List<Figure> figures = new ArrayList<>();
    HttpServer stub = stub();
    try {
      int port = stub.getAddress().getPort();
      figures.add(
          Figure.of("people answered about in a second, stub", rate(port), "rows/s")
              .against("limit", 30_000));
      figures.add(Figure.of("a whole scoring by the stub, reading and writing", score(port), "s"));
    } finally {
      stub.stop(0);
    }
    figures.addAll(mlserver());
    return figures;
  }

  private static RemoteModel remote(int port) {
    return new RemoteModel(
        RemoteProtocol.OpenInference,
        "http://127.0.0.1:" + port,
        "churn",
        null,
        null,
        "predict_proba",
        1,
        null,
        null,
        BATCH,
        2,
        "60s",
        null,
        null,
        true);
  }

  /** People a second, in batches of 1,000, two at a time; from numbers in memory. */
  private double rate(int port) throws Exception {
    Random random = new Random(1);
    float[][] batch = new float[BATCH][ModelShop.NUMBERS];
    for (float[] person : batch) {
      for (int i = 0; i < person.length; i++) {
        person[i] = random.nextFloat() * 30;
      }
    }
    RemoteModel remote = remote(port);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < ModelShop.NUMBERS; i++) {
      names.add("n" + i);
    }
    int each = (int) Math.max(1, people / (2 * BATCH));
    ExecutorService threads = Executors.newFixedThreadPool(2, RemoteMeasure::daemon);
    try (HttpModelServers servers =
        new HttpModelServers("remote", (name, key) -> Optional.empty())) {
      RemoteCalls calls =
          new RemoteCalls(servers.of(remote), new RemoteShape(remote, names), servers::pause);
      for (int i = 0; i < 20; i++) {
        calls.ask(batch);
      }
      long start = System.nanoTime();
      List<Callable<Void>> asking =
          Collections.nCopies(
              2,
              () -> {
                for (int i = 0; i < each; i++) {
                  calls.ask(batch);
                }
                return null;
              });
      for (Future<Void> asked : threads.invokeAll(asking)) {
        asked.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (calls.unanswered().people() > 0) {
        throw new IllegalStateException("Not all were answered about: " + calls.unanswered());
      }
      return 2.0 * each * BATCH / seconds;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Seconds: features read, the server asked, scores written. */
  private double score(int port) {
    List<ModelFeature> features = new ArrayList<>();
    for (int i = 0; i < ModelShop.NUMBERS; i++) {
      features.add(new ModelFeature("n" + i, "profile.n" + i, null));
    }
    ModelPlan plan =
        new ModelPlan(
            "bench",
            "remote",
            planned,
            Map.of(),
            new ModelSpec(
                null,
                null,
                features,
                null,
                null,
                null,
                null,
                null,
                remote(port),
                null,
                null,
                null,
                null));
    try (HttpModelServers servers =
        new HttpModelServers("remote", (name, key) -> Optional.empty())) {
      long start = System.nanoTime();
      var run = new ModelWork(store, plan, Clock.systemUTC(), servers).score();
      if (run.unanswered() > 0) {
        throw new IllegalStateException(
            run.unanswered() + " people were not answered about: " + run.faultMessage());
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "stub");
    thread.setDaemon(true);
    return thread;
  }

  private static HttpServer stub() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(2, RemoteMeasure::daemon));
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          int from = body.indexOf("\"shape\":[") + 9;
          int rows = Integer.parseInt(body.substring(from, body.indexOf(',', from)));
          byte[] answer =
              ("{\"outputs\":[{\"name\":\"predict_proba\",\"shape\":["
                      + rows
                      + ",2],\"data\":["
                      + "0.75,0.25,".repeat(rows - 1)
                      + "0.75,0.25]}]}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static final String TRAIN =
      """
      import sys, joblib, numpy as np
      from sklearn.linear_model import LogisticRegression
      r = np.random.default_rng(1); x = r.random((2000, 8)); y = x[:, 0] + r.random(2000) > 1
      joblib.dump(LogisticRegression().fit(x, y), sys.argv[1])
      """;

  private static final String LOAD =
      """
      import sys, time, json, threading, http.client, numpy as np
      port, rows = int(sys.argv[1]), int(sys.argv[2])
      x = np.random.default_rng(1).random((1000, 8)) * 30
      body = json.dumps({"inputs": [{"name": "x", "shape": [1000, 8], "datatype": "FP64",
          "data": [float(v) for v in x.ravel()]}], "outputs": [{"name": "predict_proba"}]})
      def ask(times):
          c = http.client.HTTPConnection("127.0.0.1", port)
          for _ in range(times):
              c.request("POST", "/v2/models/churn/infer", body, {"Content-Type": "application/json"})
              a = c.getresponse(); a.read(); assert a.status == 200, a.status
      ask(5)
      each = max(1, rows // 2000)
      threads = [threading.Thread(target=ask, args=(each,)) for _ in range(2)]
      t = time.time()
      [h.start() for h in threads]; [h.join() for h in threads]
      print("rate", 2 * each * 1000 / (time.time() - t))
      """;

  private List<Figure> mlserver() throws Exception {
    Path folder = Files.createDirectories(work.resolve("mlserver"));
    int port = freePort();
    Files.writeString(
        folder.resolve("settings.json"),
        "{\"http_port\": %d, \"grpc_port\": %d, \"metrics_port\": %d, \"parallel_workers\": 0}"
            .formatted(port, freePort(), freePort()));
    Files.writeString(
        folder.resolve("model-settings.json"),
        """
        {"name": "churn", "implementation": "mlserver_sklearn.SKLearnModel",
         "parameters": {"uri": "./model.joblib"}}
        """);
    Peer.run(work, TRAIN, folder.resolve("model.joblib").toString());
    Process server =
        new ProcessBuilder(Peer.program("mlserver"), "start", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("mlserver.log").toFile())
            .start();
    try {
      awaitPort(server, port);
      double own = Peer.run(work, LOAD, Integer.toString(port), Long.toString(people)).get("rate");
      return List.of(
          Figure.of("people answered about in a second, mlserver", rate(port), "rows/s")
              .against("0.8 of what it answers two bare clients", 0.8 * own));
    } finally {
      server.destroy();
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private void awaitPort(Process server, int port) throws Exception {
    Waiting.await((int) START.toSeconds(), () -> !server.isAlive() || answers(port));
    if (!server.isAlive()) {
      throw new IllegalStateException(
          "mlserver did not start:\n" + Files.readString(work.resolve("mlserver.log")));
    }
  }

  private static boolean answers(int port) {
    try (var ready = new URL("http://127.0.0.1:" + port + "/v2/models/churn/ready").openStream()) {
      return ready.read() >= -1;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
