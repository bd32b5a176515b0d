package dev.lettershop.bench;

import dev.lettershop.playground.inbox.CountingSink;
import dev.lettershop.playground.inbox.SmtpInbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least a client can do: sockets with PIPELINING that send one prepared message again and
 * again.
 */
final class PreparedSender {
  private PreparedSender() {}

  static double messagesPerSecond(long messageBytes, int connections, long messages)
      throws Exception {
    try (SmtpInbox inbox = SmtpInbox.start(new CountingSink())) {
      return messagesPerSecond(inbox.port(), messageBytes, connections, messages);
    }
  }

  /** The same to a server that is there. */
  static double messagesPerSecond(int port, long messageBytes, int connections, long messages)
      throws Exception {
    byte[] message = message((int) messageBytes);
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long start = System.nanoTime();
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        done.add(
            threads.submit(
                () -> {
                  send(port, message, messages / connections);
                  return null;
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
      return messages / ((System.nanoTime() - start) / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void send(int port, byte[] message, long times) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      reply(in);
      out.write(ascii("EHLO bench.example\r\n"));
      reply(in);
      byte[] envelope =
          ascii("MAIL FROM:<news@shop.example>\r\nRCPT TO:<one@people.example>\r\nDATA\r\n");
      for (long i = 0; i < times; i++) {
        out.write(envelope);
        reply(in);
        reply(in);
        reply(in);
        out.write(message);
        reply(in);
      }
      out.write(ascii("QUIT\r\n"));
      reply(in);
    }
  }

  private static void reply(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    if (line == null || line.charAt(0) > '3') {
      throw new IOException("The sink answered " + line);
    }
  }

  private static byte[] message(int bytes) {
    StringBuilder text = new StringBuilder("Subject: prepared\r\n\r\n");
    while (text.length() < bytes) {
      text.append("A line of a prepared message that is as long as lines of messages are.\r\n");
    }
    return ascii(text.append(".\r\n").toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
