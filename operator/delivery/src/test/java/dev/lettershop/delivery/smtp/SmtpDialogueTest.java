package dev.lettershop.delivery.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.message.OutboundMessage;
import dev.lettershop.delivery.smtp.SmtpResult.Accepted;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostAfterFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.ConnectionLostBeforeFinalDot;
import dev.lettershop.delivery.smtp.SmtpResult.PermanentFailure;
import dev.lettershop.delivery.smtp.SmtpResult.TransientFailure;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.testkit.FaultySmtpServer;
import dev.lettershop.testkit.FaultySmtpServer.Moment;
import dev.lettershop.testkit.FaultySmtpServer.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of each thing a server can do at each moment. */
class SmtpDialogueTest {
  /** Patient with what every test does, impatient with what some wait for. */
  private static final SmtpTimeouts IMPATIENT =
      new SmtpTimeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofMillis(800),
          Duration.ofMillis(800),
          Duration.ofMillis(800),
          Duration.ofMillis(800));

  private final List<AutoCloseable> opened = new ArrayList<>();
  private FaultySmtpServer server;
  private volatile boolean refused;
  private SmtpTimeouts timeouts = SmtpTimeouts.all(Duration.ofSeconds(20));

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
  }

  private RelaySession session(Script script, String... capabilities) {
    server = new FaultySmtpServer(script, capabilities);
    SmtpSettings settings =
        new SmtpSettings("127.0.0.1", server.port(), Tls.None, null, null, null, timeouts);
    SmtpRelay relay = new SmtpRelay(settings);
    RelaySession session = new RelaySession(relay, 100);
    opened.addAll(List.of(session, relay, server));
    return session;
  }

  private static Script at(Moment moment, String answer) {
    return call -> call.moment() == moment && call.message() == 1 ? answer : null;
  }

  private SmtpResult send(Script script, boolean pipelining) throws RelayException {
    return session(script, pipelining ? new String[] {"PIPELINING"} : new String[0])
        .send(TestMessages.to("ada@example.com"));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            Moment.Mail,
            "451 4.3.0 later",
            new TransientFailure(SmtpStage.Mail, "451 4.3.0", "4.3.0 later")),
        Arguments.of(
            Moment.Mail,
            "550 5.7.1 no",
            new PermanentFailure(SmtpStage.Mail, "550 5.7.1", "5.7.1 no")),
        Arguments.of(
            Moment.Rcpt,
            "450 4.2.0 grey",
            new TransientFailure(SmtpStage.Rcpt, "450 4.2.0", "4.2.0 grey")),
        Arguments.of(
            Moment.Rcpt,
            "550 5.1.1 who?",
            new PermanentFailure(SmtpStage.Rcpt, "550 5.1.1", "5.1.1 who?")),
        Arguments.of(
            Moment.Rcpt,
            "550 no such user",
            new PermanentFailure(SmtpStage.Rcpt, "550", "no such user")),
        Arguments.of(
            Moment.Data,
            "451 4.3.0 later",
            new TransientFailure(SmtpStage.Data, "451 4.3.0", "4.3.0 later")),
        Arguments.of(
            Moment.Data,
            "554 5.5.1 no",
            new PermanentFailure(SmtpStage.Data, "554 5.5.1", "5.5.1 no")),
        Arguments.of(
            Moment.AfterDot,
            "452 4.2.2 full",
            new TransientFailure(SmtpStage.Content, "452 4.2.2", "4.2.2 full")),
        Arguments.of(
            Moment.AfterDot,
            "552 5.2.2 full",
            new PermanentFailure(SmtpStage.Content, "552 5.2.2", "5.2.2 full")),
        Arguments.of(
            Moment.AfterDot,
            "421 4.3.2 bye",
            new TransientFailure(SmtpStage.Content, "421 4.3.2", "4.3.2 bye")),
        Arguments.of(
            Moment.Rcpt,
            "421 4.7.0 bye",
            new TransientFailure(SmtpStage.Rcpt, "421 4.7.0", "4.7.0 bye")),
        Arguments.of(
            Moment.Data,
            "421 4.7.0 bye",
            new TransientFailure(SmtpStage.Data, "421 4.7.0", "4.7.0 bye")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsClassedByItsCodeAndTheNextMessageGoesThrough(
      Moment moment, String answer, SmtpResult expected) throws Exception {
    for (boolean pipelining : new boolean[] {false, true}) {
      RelaySession session =
          session(
              call -> call.moment() == moment && !refused ? answer : null,
              pipelining ? new String[] {"PIPELINING"} : new String[0]);

      SmtpResult result = session.send(TestMessages.to("ada@example.com"));
      refused = true;
      SmtpResult next = session.send(TestMessages.to("eve@example.com"));

      assertThat(result).as("pipelining %s", pipelining).isEqualTo(expected);
      assertThat(next).as("pipelining %s", pipelining).isInstanceOf(Accepted.class);
      assertThat(server.received()).hasSize(1);
      assertThat(server.received().get(0).rcpt()).contains("eve");
      refused = false;
    }
  }

  static Stream<Arguments> losses() {
    ConnectionLostBeforeFinalDot before = new ConnectionLostBeforeFinalDot("ConnectionLost");
    return Stream.of(
        Arguments.of(Moment.Mail, FaultySmtpServer.CLOSE, before),
        Arguments.of(Moment.Rcpt, FaultySmtpServer.CLOSE, before),
        Arguments.of(Moment.Data, FaultySmtpServer.CLOSE, before),
        Arguments.of(
            Moment.AfterDot,
            FaultySmtpServer.CLOSE,
            new ConnectionLostAfterFinalDot("ConnectionLost")),
        Arguments.of(
            Moment.Rcpt, FaultySmtpServer.SILENCE, new ConnectionLostBeforeFinalDot("Timeout")),
        Arguments.of(
            Moment.AfterDot, FaultySmtpServer.SILENCE, new ConnectionLostAfterFinalDot("Timeout")),
        Arguments.of(Moment.Rcpt, "garbage", new ConnectionLostBeforeFinalDot("ProtocolError")),
        Arguments.of(Moment.Rcpt, "999 what", new ConnectionLostBeforeFinalDot("ProtocolError")),
        Arguments.of(
            Moment.Data,
            "250 not what DATA wants",
            new ConnectionLostBeforeFinalDot("ProtocolError")),
        Arguments.of(Moment.AfterDot, "garbage", new ConnectionLostAfterFinalDot("ProtocolError")),
        Arguments.of(
            Moment.AfterDot, "354 go on", new ConnectionLostAfterFinalDot("ProtocolError")));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLossIsClassedByWhetherTheFinalDotWasSent(Moment moment, String answer, SmtpResult expected)
      throws Exception {
    if (answer.equals(FaultySmtpServer.SILENCE)) {
      timeouts = IMPATIENT;
    }

    assertThat(send(at(moment, answer), false)).isEqualTo(expected);
    assertThat(send(at(moment, answer), true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatBreaksInTheMiddleOfTheMessageBrokeBeforeTheFinalDot(boolean pipelining)
      throws Exception {
    RelaySession session =
        session(
            at(Moment.Content, FaultySmtpServer.CLOSE),
            pipelining ? new String[] {"PIPELINING"} : new String[0]);

    assertThat(session.send(TestMessages.huge()))
        .isEqualTo(new ConnectionLostBeforeFinalDot("ConnectionLost"));
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aServerThatTakesNoMoreOfTheMessageIsGivenUpInTime() throws Exception {
    timeouts = IMPATIENT;
    RelaySession session =
        session(
            call -> {
              if (call.moment() == Moment.Content) {
                awaitQuietly(server);
              }
              return null;
            });

    long start = System.nanoTime();
    SmtpResult result = session.send(TestMessages.huge());

    assertThat(result).isInstanceOf(ConnectionLostBeforeFinalDot.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    synchronized (server) {
      server.notifyAll();
    }
  }

  private static void awaitQuietly(Object monitor) {
    synchronized (monitor) {
      try {
        monitor.wait(15_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aMessageIsTakenAsItIsWithDotsAndAll() throws Exception {
    String content = "Subject: x\r\n\r\n.\r\n..\r\n.dot\r\nend.\r\n";
    SmtpResult result =
        session(call -> null, "PIPELINING", "SIZE 1000000")
            .send(TestMessages.to("ada@example.com", content));

    assertThat(result).isEqualTo(new Accepted("250 2.6.0"));
    assertThat(server.received().get(0).text()).isEqualTo(content);
    assertThat(server.received().get(0).mail())
        .isEqualTo("MAIL FROM:<news@shop.example> SIZE=" + content.length());
    assertThat(server.received().get(0).rcpt()).isEqualTo("RCPT TO:<ada@example.com>");
  }

  @Test
  void commandsGoTogetherWhenTheServerOffersPipeliningAndElseOneByOne() throws Exception {
    session(call -> null, "PIPELINING").send(TestMessages.to("ada@example.com"));
    assertThat(server.received().get(0).pipelined()).isTrue();

    session(call -> null).send(TestMessages.to("ada@example.com"));
    assertThat(server.received().get(0).pipelined()).isFalse();
  }

  @Test
  void aServerThatWantsAMessageForNobodyGetsAnEmptyOne() throws Exception {
    RelaySession session =
        session(
            call ->
                switch (call.moment()) {
                  case Rcpt -> call.argument().contains("ada") ? "550 5.1.1 who?" : null;
                  case Data -> "354 go on";
                  default -> null;
                },
            "PIPELINING");

    assertThat(session.send(TestMessages.to("ada@example.com")))
        .isEqualTo(new PermanentFailure(SmtpStage.Rcpt, "550 5.1.1", "5.1.1 who?"));
    assertThat(session.send(TestMessages.to("eve@example.com"))).isInstanceOf(Accepted.class);
    assertThat(server.received()).hasSize(1);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aConnectionIsUsedAgainAndTakenLeaveOf() throws Exception {
    RelaySession session = session(call -> null, "PIPELINING");
    for (int i = 0; i < 5; i++) {
      assertThat(session.send(TestMessages.to("ada@example.com"))).isInstanceOf(Accepted.class);
    }
    session.close();

    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.commands()).last().isEqualTo("QUIT");
  }

  @ParameterizedTest
  @ValueSource(strings = {FaultySmtpServer.CLOSE, "421 4.4.2 idle for too long"})
  void aConnectionThatTheServerGaveUpBetweenMessagesIsReplacedAndNobodyDeferred(String farewell)
      throws Exception {
    for (boolean pipelining : new boolean[] {false, true}) {
      RelaySession session =
          session(
              call ->
                  call.moment() == Moment.Mail && call.connection() == 1 && call.message() == 2
                      ? farewell
                      : null,
              pipelining ? new String[] {"PIPELINING"} : new String[0]);

      assertThat(session.send(TestMessages.to("ada@example.com"))).isInstanceOf(Accepted.class);
      assertThat(session.send(TestMessages.to("eve@example.com"))).isInstanceOf(Accepted.class);
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void aReplyOutOfTurnIsNeverTakenForTheReplyToAnotherMessage() throws Exception {
    RelaySession session =
        session(
            call ->
                call.moment() == Moment.AfterDot && call.connection() == 1
                    ? "250 2.0.0 queued\r\n250 2.0.0 twice"
                    : null);

    assertThat(session.send(TestMessages.to("ada@example.com"))).isInstanceOf(Accepted.class);
    assertThat(session.send(TestMessages.to("eve@example.com"))).isInstanceOf(Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void repliesOfManyAndOfVeryLongLinesAreRead() throws Exception {
    String longLine = "250-" + "x".repeat(50_000) + "\r\n250-2.1.5 more\r\n250 2.1.5 ok";

    assertThat(send(at(Moment.Rcpt, longLine), true)).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anEndlessReplyIsGivenUp(int kind) throws Exception {
    String endless = kind == 1 ? "250-x\r\n".repeat(10_000) : "250-" + "x".repeat(200_000);

    assertThat(send(at(Moment.Rcpt, endless + "250 ok"), true))
        .isEqualTo(new ConnectionLostBeforeFinalDot("ProtocolError"));
  }

  @Test
  void anInternationalAddressIsSentOnlyToAServerThatOffersSmtpUtf8() throws Exception {
    OutboundMessage message = TestMessages.to("jürgen@example.com");

    assertThat(session(call -> null, "8BITMIME").send(message))
        .isEqualTo(new PermanentFailure(SmtpStage.Local, "SmtpUtf8NotOffered"));
    assertThat(session(call -> null, "8BITMIME", "SMTPUTF8").send(message))
        .isInstanceOf(Accepted.class);
    assertThat(server.received().get(0).mail())
        .isEqualTo("MAIL FROM:<news@shop.example> BODY=8BITMIME SMTPUTF8");
    assertThat(server.received().get(0).rcpt()).isEqualTo("RCPT TO:<jürgen@example.com>");
  }

  @Test
  void aMessageThatIsLargerThanTheServerTakesIsNotTried() throws Exception {
    assertThat(session(call -> null, "SIZE 10").send(TestMessages.to("ada@example.com")))
        .isEqualTo(new PermanentFailure(SmtpStage.Local, "MessageTooLarge"));
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void aServerThatKnowsHeloOnlyIsServed() throws Exception {
    Script old = call -> call.argument().startsWith("EHLO") ? "502 5.5.1 what?" : null;

    assertThat(send(old, false)).isInstanceOf(Accepted.class);
  }

  @Test
  void codesNeverHoldWhatTheServerSays() throws Exception {
    assertThat(send(at(Moment.Rcpt, "550 <ada@example.com> unknown"), true).toString())
        .doesNotContain("ada");
    assertThat(send(at(Moment.Rcpt, "550 5.1.1<ada@example.com> unknown"), true).code())
        .isEqualTo("550");
    assertThat(send(at(Moment.Rcpt, "550 4.1.1 of another class"), true).code()).isEqualTo("550");
  }
}
