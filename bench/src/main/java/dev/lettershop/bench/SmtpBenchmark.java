package dev.lettershop.bench;

import dev.lettershop.delivery.dkim.DkimPrivateKey;
import dev.lettershop.delivery.dkim.DkimSigner;
import dev.lettershop.delivery.dkim.DkimSigners;
import dev.lettershop.delivery.dkim.SigningProvider;
import dev.lettershop.delivery.message.MailAddress;
import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.RelaySession;
import dev.lettershop.delivery.smtp.SmtpRelay;
import dev.lettershop.delivery.smtp.SmtpResult;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.delivery.smtp.SmtpTimeouts;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The SMTP client alone, with one prepared message of 10 KB, beside other ways of talking SMTP; and
 * DKIM alone.
 */
final class SmtpBenchmark implements Benchmark {
  private static final int BYTES = 10_000;
  private static final int CONNECTIONS = 10;
  private static final long SIGNING_NANOS = 4_000_000_000L;
  private static final MailAddress TO = MailAddress.parse("one@people.example").orElseThrow();

  private final Map<String, String> plots = new LinkedHashMap<>();

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public String summary() {
    return "the SMTP client beside netty-codec-smtp, a bare socket and smtp-source; DKIM";
  }

  @Override
  public long defaultSize() {
    return 100_000;
  }

  @Override
  public Map<String, String> plots() {
    return plots;
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    List<Figure> figures = new ArrayList<>();
    byte[] message = message();
    try (Sink sink = Sink.start()) {
      // Each once before it counts, for the compilers.
      ours(sink.port(), message, CONNECTIONS, size / 4);
      NettySender.messagesPerSecond(sink.port(), message, CONNECTIONS, size / 4);
      for (int connections : new int[] {1, 2, CONNECTIONS, 40}) {
        String with = " with connections: " + connections;
        double ours = ours(sink.port(), message, connections, size);
        figures.add(
            Figure.of("ours," + with, ours, "mails/s")
                .against(
                    "netty-codec-smtp",
                    NettySender.messagesPerSecond(sink.port(), message, connections, size)));
        figures.add(
            Figure.of("ours," + with, ours, "mails/s")
                .against(
                    "bare socket",
                    PreparedSender.messagesPerSecond(sink.port(), BYTES, connections, size)));
        Double source = Sink.sourcePerSecond(sink.port(), connections, BYTES, size);
        if (source != null) {
          figures.add(Figure.of("ours," + with, ours, "mails/s").against("smtp-source", source));
        }
      }
      byConnections(sink, message, size / 2);
    }
    for (String algorithm : List.of("RSA", "Ed25519")) {
      for (int threads : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
        double fastest = signed(algorithm, SigningProvider.fastest(), message, threads);
        figures.add(
            Figure.of("DKIM " + algorithm + ", threads: " + threads, fastest, "mails/s")
                .against(
                    "the Java runtime's signatures",
                    signed(algorithm, SigningProvider.JAVA, message, threads)));
      }
    }
    return figures;
  }

  private void byConnections(Sink sink, byte[] message, long size) throws Exception {
    SvgPlot plot = new SvgPlot("Prepared mails per second", "connections");
    for (int connections : new int[] {1, 2, 5, 10, 20, 40}) {
      plot.add(connections, ours(sink.port(), message, connections, size));
    }
    plots.put("smtp-connections.svg", plot.svg());
  }

  private static double ours(int port, byte[] content, int connections, long messages)
      throws Exception {
    OutboundMessage message = new OutboundMessage("news@shop.example", TO, content, false);
    SmtpSettings settings =
        new SmtpSettings("127.0.0.1", port, Tls.None, null, null, null, SmtpTimeouts.STANDARD);
    try (SmtpRelay relay = new SmtpRelay(settings)) {
      return perSecond(
          connections,
          messages / connections,
          () -> {
            RelaySession session = new RelaySession(relay, Integer.MAX_VALUE);
            return new Work() {
              @Override
              public void once() throws Exception {
                SmtpResult result = session.send(message);
                if (!(result instanceof SmtpResult.Accepted)) {
                  throw new IllegalStateException("The sink answered " + result);
                }
              }

              @Override
              public void end() {
                session.close();
              }
            };
          });
    }
  }

  private interface Work {
    void once() throws Exception;

    void end();
  }

  private static double perSecond(int threads, long times, Callable<Work> works) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        done.add(
            pool.submit(
                () -> {
                  Work work = works.call();
                  for (long n = 0; n < times; n++) {
                    work.once();
                  }
                  work.end();
                  return null;
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
      return threads * times / ((System.nanoTime() - start) / 1e9);
    } finally {
      pool.shutdownNow();
    }
  }

  private static double signed(
      String algorithm, SigningProvider provider, byte[] message, int threads) throws Exception {
    DkimPrivateKey key = DkimPrivateKey.parse(pem(algorithm));
    DkimSigners signers =
        new DkimSigners(List.of(new DkimSigner("shop.example", "s1", key, provider)));
    Instant now = Instant.now();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        counts.add(
            pool.submit(
                () -> {
                  long count = 0;
                  for (long start = System.nanoTime();
                      System.nanoTime() - start < SIGNING_NANOS;
                      count++) {
                    signers.sign(message, now);
                  }
                  return count;
                }));
      }
      long signed = 0;
      for (Future<Long> count : counts) {
        signed += count.get();
      }
      return signed / (SIGNING_NANOS / 1e9);
    } finally {
      pool.shutdownNow();
    }
  }

  private static String pem(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    return Pem.privateKey(generator.generateKeyPair().getPrivate());
  }

  private static byte[] message() {
    StringBuilder text =
        new StringBuilder("From: Shop <news@shop.example>\r\nTo: one@people.example\r\n")
            .append("Subject: prepared\r\nMIME-Version: 1.0\r\n\r\n");
    while (text.length() < BYTES) {
      text.append("A line of a prepared message that is as long as lines of messages are.\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
