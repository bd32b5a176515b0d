package dev.lettershop.playground.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One client's session: reads commands, answers, hands messages to the sink. */
final class SmtpSession {
  private static final int IDLE_MILLIS = 300_000; // RFC 5321 §4.5.3.2.7
  private static final int MAX_RECIPIENTS = 1_000;

  /** What holds for every session of a server. */
  record Rules(MessageSink sink, ReplyScript script, long maxMessageBytes) {}

  /** The session ends here by the script's will. */
  private static final class Dropped extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final SmtpWire wire;
  private final long connection;
  private final Rules rules;

  private boolean greeted;
  private boolean over;
  private int transaction;
  private String sender;
  private String lastRecipient;
  private final List<String> recipients = new ArrayList<>();

  SmtpSession(Socket socket, long connection, Rules rules) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(IDLE_MILLIS);
    this.wire = new SmtpWire(socket.getInputStream(), socket.getOutputStream());
    this.connection = connection;
    this.rules = rules;
  }

  /**
   * Serves until the client quits.
   *
   * @throws IOException when the connection ended otherwise
   */
  void serve() throws IOException {
    if (passes(Stage.Connect, null)) {
      wire.reply("220 inbox.test ESMTP Lettershop playground");
    }
    while (!over) {
      String line = wire.readCommand();
      if (line == null) {
        return;
      }
      if (line.isEmpty() || line.length() > SmtpWire.MAX_COMMAND) {
        wire.reply("500 5.5.2 command not recognised");
      } else {
        execute(line);
      }
    }
    wire.flush();
  }

  private void execute(String line) throws IOException {
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String argument = space < 0 ? "" : line.substring(space + 1).strip();
    switch (verb) {
      case "EHLO", "HELO" -> hello(verb, argument);
      case "MAIL" -> mail(argument);
      case "RCPT" -> recipient(argument);
      case "DATA" -> data(argument);
      case "RSET" -> {
        reset();
        wire.reply("250 2.0.0 ok");
      }
      case "NOOP" -> wire.reply("250 2.0.0 ok");
      case "QUIT" -> {
        over = true;
        wire.reply("221 2.0.0 bye");
      }
      case "VRFY", "EXPN" -> wire.reply("502 5.5.1 nobody is looked up here");
      case "HELP" -> wire.reply("214 2.0.0 see RFC 5321");
      default -> wire.reply("500 5.5.1 command not recognised");
    }
  }

  private void hello(String verb, String name) throws IOException {
    if (name.isEmpty()) {
      wire.reply("501 5.5.4 say " + verb + " with your name");
      return;
    }
    if (!passes(Stage.Hello, null)) {
      return;
    }
    greeted = true;
    reset();
    if (verb.equals("HELO")) {
      wire.reply("250 inbox.test");
      return;
    }
    wire.reply("250-inbox.test");
    wire.reply("250-PIPELINING");
    wire.reply("250-8BITMIME");
    wire.reply("250-SIZE " + rules.maxMessageBytes());
    wire.reply("250-SMTPUTF8");
    wire.reply("250 ENHANCEDSTATUSCODES");
  }

  private void mail(String argument) throws IOException {
    SmtpPath path = SmtpPath.parse("FROM:", argument);
    if (!greeted) {
      wire.reply("503 5.5.1 say EHLO first");
    } else if (sender != null) {
      wire.reply("503 5.5.1 a transaction is under way");
    } else if (path == null) {
      wire.reply("501 5.1.7 say MAIL FROM:<address>");
    } else if (path.unknownParameter() != null) {
      wire.reply("555 5.5.4 parameter not recognised");
    } else if (path.size() > rules.maxMessageBytes()) {
      wire.reply("552 5.3.4 message too large");
    } else {
      transaction++;
      sender = path.address();
      if (passes(Stage.Mail, null)) {
        wire.reply("250 2.1.0 ok");
      } else {
        reset();
      }
    }
  }

  private void recipient(String argument) throws IOException {
    SmtpPath path = SmtpPath.parse("TO:", argument);
    if (sender == null) {
      wire.reply("503 5.5.1 say MAIL first");
    } else if (path == null || path.address().isEmpty()) {
      wire.reply("501 5.1.3 say RCPT TO:<address>");
    } else if (path.unknownParameter() != null) {
      wire.reply("555 5.5.4 parameter not recognised");
    } else if (recipients.size() >= MAX_RECIPIENTS) {
      wire.reply("452 4.5.3 too many recipients");
    } else if (passes(Stage.Recipient, path.address())) {
      recipients.add(path.address());
      lastRecipient = path.address();
      wire.reply("250 2.1.5 ok");
    }
  }

  private void data(String argument) throws IOException {
    if (!argument.isEmpty()) {
      wire.reply("501 5.5.4 DATA takes nothing");
    } else if (sender == null) {
      wire.reply("503 5.5.1 say MAIL first");
    } else if (recipients.isEmpty()) {
      wire.reply("554 5.5.1 no valid recipients");
    } else if (passes(Stage.Data, lastRecipient)) {
      receive();
      reset();
    }
  }

  private void receive() throws IOException {
    MessageSink.Incoming incoming;
    try {
      incoming = rules.sink().open(new Envelope(sender, recipients));
    } catch (IOException | UncheckedIOException e) {
      wire.reply("451 4.3.0 no room for the message");
      return;
    }
    boolean kept = false;
    try {
      wire.reply("354 end with a dot on a line of its own");
      if (rules.script().at(Stage.Content, exchange(lastRecipient)) != Reply.ACCEPT) {
        wire.awaitContent();
        throw new Dropped();
      }
      SmtpWire.Content content = wire.readContent(incoming, rules.maxMessageBytes());
      if (content == SmtpWire.Content.TooLarge) {
        wire.reply("552 5.3.4 message too large");
      } else if (content == SmtpWire.Content.NotKept) {
        wire.reply("451 4.3.0 the message could not be kept");
      } else if (passes(Stage.FinalDot, lastRecipient)) {
        kept = commit(incoming);
      }
    } finally {
      if (!kept) {
        incoming.discard();
      }
    }
  }

  private boolean commit(MessageSink.Incoming incoming) throws IOException {
    try {
      incoming.commit();
    } catch (IOException | UncheckedIOException e) {
      wire.reply("451 4.3.0 the message could not be kept");
      return false;
    }
    boolean told = rules.script().at(Stage.Kept, exchange(lastRecipient)) == Reply.ACCEPT;
    if (told) {
      wire.reply("250 2.0.0 kept");
    } else {
      over = true;
    }
    return true;
  }

  /** Asks the script; when it refuses, the client has been answered. */
  private boolean passes(Stage stage, String recipient) throws IOException {
    Reply reply = rules.script().at(stage, exchange(recipient));
    if (reply instanceof Reply.Drop) {
      throw new Dropped();
    }
    if (reply instanceof Reply.Answer answer) {
      wire.reply(answer.code() + " " + answer.enhancedCode() + " " + answer.text());
      over = over || answer.code() == 421 || stage == Stage.Connect;
      return false;
    }
    return true;
  }

  private ReplyScript.Exchange exchange(String recipient) {
    return new ReplyScript.Exchange(connection, transaction, sender, recipient);
  }

  private void reset() {
    sender = null;
    lastRecipient = null;
    recipients.clear();
  }
}
