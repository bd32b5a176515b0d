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
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Follows links at a steady rate over kept connections. The time of a request counts from when it
 * was due, so that a slow answer is not hidden by the requests that it holds up.
 */
final class RedirectLoad {
  private static final int CONNECTIONS = 32;

  private final int port;

  /**
   * @param redirects answered with 302
   * @param others answered otherwise
   * @param p50 milliseconds
   * @param p99 milliseconds
   */
  record Result(long redirects, long others, double p50, double p99) {}

  private record Part(long[] nanos, long others) {}

  RedirectLoad(int port) {
    this.port = port;
  }

  /**
   * @param path by the number of the request
   */
  Result run(double seconds, int perSecond, LongFunction<String> path) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      long start = System.nanoTime() + 100_000_000;
      long each = 1_000_000_000L * CONNECTIONS / perSecond;
      int requests = (int) (seconds * perSecond / CONNECTIONS);
      List<Callable<Part>> tasks =
          IntStream.range(0, CONNECTIONS)
              .<Callable<Part>>mapToObj(
                  i -> () -> follow(start + i * each / CONNECTIONS, each, requests, i, path))
              .toList();
      long[] all = {};
      long others = 0;
      for (Future<Part> part : threads.invokeAll(tasks)) {
        long[] more = part.get().nanos();
        int before = all.length;
        all = Arrays.copyOf(all, before + more.length);
        System.arraycopy(more, 0, all, before, more.length);
        others += part.get().others();
      }
      Arrays.sort(all);
      return new Result(all.length, others, at(all, 0.5), at(all, 0.99));
    } finally {
      threads.shutdownNow();
    }
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private Part follow(
      long first, long each, int requests, int connection, LongFunction<String> path)
      throws IOException {
    long[] nanos = new long[requests];
    int count = 0;
    long others = 0;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
      for (int i = 0; i < requests; i++) {
        long due = first + i * each;
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        out.write(
            ("GET "
                    + path.apply((long) connection * requests + i)
                    + " HTTP/1.1\r\nHost: x\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        if (redirected(in)) {
          nanos[count++] = System.nanoTime() - due;
        } else {
          others++;
        }
      }
    }
    return new Part(Arrays.copyOf(nanos, count), others);
  }

  /** Reads one answer to its end. */
  private static boolean redirected(InputStream in) throws IOException {
    String status = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return status.startsWith("HTTP/1.1 302");
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
