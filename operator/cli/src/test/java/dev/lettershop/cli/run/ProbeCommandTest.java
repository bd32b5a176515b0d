package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.job.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProbeCommandTest {
  private static final String MISSING = "waiting for the CustomResourceDefinition";

  private final AtomicInteger asked = new AtomicInteger();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;
  private int wellAfter;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          boolean well = asked.incrementAndGet() > wellAfter;
          byte[] body = (well ? "UP" : MISSING).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(well ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatIsWellIsAskedOnce() {
    assertThat(probe(address())).isEqualTo(ExitCode.DONE);
    assertThat(asked).hasValue(1);
    assertThat(out.toString()).contains("is well");
  }

  @Test
  void whatBecomesWellIsWaitedFor() {
    wellAfter = 1;

    assertThat(probe(address())).isEqualTo(ExitCode.DONE);
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatStaysUnwellIsToldWithItsLastWords() {
    wellAfter = Integer.MAX_VALUE;

    assertThat(probe(address(), "--timeout", "0")).isEqualTo(ExitCode.RETRY);
    assertThat(err.toString()).contains("503 " + MISSING);
  }

  @Test
  void whereNobodyAnswersThatIsSaid() {
    String address = address();
    server.stop(0);

    assertThat(probe(address, "--timeout", "0")).isEqualTo(ExitCode.RETRY);
    assertThat(err.toString()).contains("ConnectException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lettershop:8080", "/q/health/ready", "ftp://lettershop/ready"})
  void whatIsNoAddressOfHttpIsRefusedWithAnExample(String address) {
    assertThat(probe(address)).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString()).contains("http://HOST:PORT/PATH");
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/q/health/ready";
  }

  private int probe(String... words) {
    CommandLine line =
        LettershopCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[words.length + 1];
    all[0] = "probe";
    System.arraycopy(words, 0, all, 1, words.length);
    int code = line.execute(all);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }
}
