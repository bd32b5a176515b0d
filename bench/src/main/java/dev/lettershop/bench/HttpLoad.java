package dev.lettershop.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Sends POST requests over kept connections, each as soon as the one before is answered. */
final class HttpLoad {
  private final int port;
  private final String path;
  private final String authorization;
  private final int connections;

  /**
   * What was measured.
   *
   * @param requests answered with 200
   * @param refused answered otherwise
   * @param p50 milliseconds
   * @param p99 milliseconds
   */
  record Result(long requests, long refused, double seconds, double p50, double p99) {
    double rate() {
      return requests / seconds;
    }
  }

  private record Part(long[] nanos, long refused) {}

  HttpLoad(int port, String path, String authorization, int connections) {
    this.port = port;
    this.path = path;
    this.authorization = authorization;
    this.connections = connections;
  }

  /**
   * Sends for a while.
   *
   * @param body by the number of the request, which is unique
   */
  Result run(double seconds, long firstNumber, LongFunction<String> body) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long start = System.nanoTime();
      long end = start + (long) (seconds * 1e9);
      List<Callable<Part>> tasks =
          IntStream.range(0, connections)
              .<Callable<Part>>mapToObj(i -> () -> send(end, firstNumber + i * 10_000_000L, body))
              .toList();
      long[] all = {};
      long refused = 0;
      for (Future<Part> part : threads.invokeAll(tasks)) {
        long[] more = part.get().nanos();
        int before = all.length;
        all = Arrays.copyOf(all, before + more.length);
        System.arraycopy(more, 0, all, before, more.length);
        refused += part.get().refused();
      }
      double took = (System.nanoTime() - start) / 1e9;
      Arrays.sort(all);
      return new Result(all.length, refused, took, at(all, 0.5), at(all, 0.99));
    } finally {
      threads.shutdownNow();
    }
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private Part send(long end, long first, LongFunction<String> body) throws IOException {
    long[] nanos = new long[1024];
    int count = 0;
    long refused = 0;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
      for (long n = first; System.nanoTime() < end; n++) {
        byte[] content = body.apply(n).getBytes(StandardCharsets.UTF_8);
        byte[] head =
            ("POST "
                    + path
                    + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
                    + authorization
                    + "\r\nContent-Length: "
                    + content.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        long sent = System.nanoTime();
        out.write(request);
        if (answered(in)) {
          if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
          }
          nanos[count++] = System.nanoTime() - sent;
        } else {
          refused++;
        }
      }
    }
    return new Part(Arrays.copyOf(nanos, count), refused);
  }

  /** Reads one answer to its end; says whether it is 200. */
  private static boolean answered(InputStream in) throws IOException {
    String status = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return status.startsWith("HTTP/1.1 200");
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
