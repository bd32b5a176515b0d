package dev.lettershop.playground.kill;

import dev.lettershop.playground.inbox.Envelope;
import dev.lettershop.playground.inbox.MessageSink;
import dev.lettershop.playground.inbox.Reply;
import dev.lettershop.playground.inbox.SmtpInbox;
import dev.lettershop.playground.inbox.Stage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SMTP server to be run as a process: writes a line for each message that it has taken, and dies
 * at the {@link Stage} that it reads from standard input, as by SIGKILL.
 */
final class MailServer {
  private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(\\S+)");

  private MailServer() {}

  /**
   * @param args port and file
   */
  public static void main(String[] args) throws IOException {
    AtomicReference<Stage> deadly = new AtomicReference<>();
    FileOutputStream taken = new FileOutputStream(Path.of(args[1]).toFile(), true);
    SmtpInbox.builder(envelope -> new Message(envelope, taken))
        .port(Integer.parseInt(args[0]))
        .script(
            (stage, exchange) -> {
              if (stage == deadly.get()) {
                Runtime.getRuntime().halt(137);
              }
              return Reply.ACCEPT;
            })
        .start();
    System.out.println("ready");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      deadly.set(Stage.valueOf(line));
    }
    Runtime.getRuntime().halt(0);
  }

  private static final class Message implements MessageSink.Incoming {
    private final Envelope envelope;
    private final FileOutputStream taken;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Message(Envelope envelope, FileOutputStream taken) {
      this.envelope = envelope;
      this.taken = taken;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      content.write(buffer, offset, length);
    }

    @Override
    public void commit() throws IOException {
      Matcher id = MESSAGE_ID.matcher(content.toString(StandardCharsets.UTF_8));
      String line =
          envelope.recipients().get(0) + " " + (id.find() ? id.group(1) : "without-id") + "\n";
      synchronized (taken) {
        taken.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void discard() {
      content.reset();
    }
  }
}
