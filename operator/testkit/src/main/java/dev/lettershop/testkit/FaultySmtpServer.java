package dev.lettershop.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server that does what a script says, at any moment of the dialogue. */
public final class FaultySmtpServer implements AutoCloseable {
  /** Closes the connection without a word. */
  public static final String CLOSE = "<close>";

  /** Says nothing and goes on listening. */
  public static final String SILENCE = "<silence>";

  /** A moment at which the server is to say something. */
  public enum Moment {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /** After the first bytes of the message. */
    Content,
    AfterDot,
    Rset,
    Quit
  }

  /**
   * @param connection from 1
   * @param message on this connection, from 1
   * @param argument the command's line
   */
  public record Call(Moment moment, int connection, int message, String argument) {}

  /** Says what to answer; null for the usual answer. */
  @FunctionalInterface
  public interface Script {
    String answer(Call call);
  }

  /**
   * @param pipelined whether the next command was there when MAIL was read
   */
  public record Received(
      int connection, String mail, String rcpt, byte[] content, boolean pipelined) {
    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private final ServerSocket listener;
  private final Script script;
  private final List<String> capabilities;
  private final SSLContext tls;
  private final boolean implicitTls;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private final AtomicInteger connections = new AtomicInteger();

  public FaultySmtpServer(Script script, String... capabilities) {
    this(script, null, false, List.of(capabilities));
  }

  /** On a port of one's choice. */
  public FaultySmtpServer(int port, Script script, String... capabilities) {
    this(port, script, null, false, List.of(capabilities));
  }

  public FaultySmtpServer(
      Script script, SSLContext tls, boolean implicitTls, List<String> capabilities) {
    this(0, script, tls, implicitTls, capabilities);
  }

  private FaultySmtpServer(
      int port, Script script, SSLContext tls, boolean implicitTls, List<String> capabilities) {
    this.script = script;
    this.tls = tls;
    this.implicitTls = implicitTls;
    this.capabilities = capabilities;
    try {
      this.listener = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Messages to which the server said yes, or would have, had it not been cut off. */
  public List<Received> received() {
    return received;
  }

  public List<String> commands() {
    return commands;
  }

  public int connections() {
    return connections.get();
  }

  /** Ends all connections, as a restart does. */
  public void dropConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
      dropConnections();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "faulty-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (closed) {
          socket.close();
          return;
        }
        int number = connections.incrementAndGet();
        sockets.add(socket);
        start(() -> serve(socket, number));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new Dialogue(implicitTls ? encrypted(socket) : socket, number).run();
    } catch (IOException gone) {
      return;
    } finally {
      sockets.remove(socket);
    }
  }

  private Socket encrypted(Socket socket) throws IOException {
    SSLSocket wrapped = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
    wrapped.setUseClientMode(false);
    wrapped.startHandshake();
    return wrapped;
  }

  private final class Dialogue {
    private final int connection;
    private InputStream in;
    private OutputStream out;
    private Socket socket;
    private int message = 1;
    private String mail;
    private String rcpt;
    private boolean pipelined;

    Dialogue(Socket socket, int connection) throws IOException {
      this.connection = connection;
      use(socket);
    }

    void use(Socket next) throws IOException {
      socket = next;
      in = new BufferedInputStream(next.getInputStream());
      out = next.getOutputStream();
    }

    void run() throws IOException {
      say(Moment.Greeting, "", "220 faulty.test ESMTP");
      boolean quit = false;
      while (!quit) {
        String line = readLine();
        commands.add(line);
        String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO", "HELO" -> say(Moment.Ehlo, line, ehlo());
          case "STARTTLS" -> startTls(line);
          case "AUTH" -> say(Moment.Auth, line, "235 2.7.0 ok");
          case "MAIL" -> mail(line);
          case "RCPT" -> rcpt(line);
          case "DATA" -> data(line);
          case "RSET" -> say(Moment.Rset, line, "250 2.0.0 ok");
          case "QUIT" -> {
            say(Moment.Quit, line, "221 2.0.0 bye");
            quit = true;
          }
          default -> say(Moment.Auth, line, "500 5.5.1 what?");
        }
      }
    }

    private String ehlo() {
      StringBuilder reply = new StringBuilder("250-faulty.test");
      for (String capability : capabilities) {
        reply.append("\r\n250-").append(capability);
      }
      return reply.append("\r\n250 HELP").toString();
    }

    private void startTls(String line) throws IOException {
      if (say(Moment.StartTls, line, "220 2.0.0 go on").startsWith("220")) {
        use(encrypted(socket));
      }
    }

    private void mail(String line) throws IOException {
      pipelined = in.available() > 0;
      mail = say(Moment.Mail, line, "250 2.1.0 ok").startsWith("2") ? line : null;
    }

    private void rcpt(String line) throws IOException {
      String usual = mail == null ? "503 5.5.1 MAIL first" : "250 2.1.5 ok";
      rcpt = say(Moment.Rcpt, line, usual).startsWith("2") ? line : null;
    }

    private void data(String line) throws IOException {
      String usual = rcpt == null ? "503 5.5.1 RCPT first" : "354 go on";
      if (!say(Moment.Data, line, usual).startsWith("354")) {
        return;
      }
      int first = in.read();
      String early = script.answer(new Call(Moment.Content, connection, message, ""));
      if (early != null) {
        // A server that answers now takes no message any more.
        send(early);
        socket.shutdownOutput();
        in.transferTo(OutputStream.nullOutputStream());
        throw new EOFException();
      }
      byte[] content = readContent(first);
      String scripted = script.answer(new Call(Moment.AfterDot, connection, message, line));
      String reply = scripted == null ? "250 2.6.0 queued" : scripted;
      if (rcpt != null && (reply.startsWith("2") || reply.equals(CLOSE))) {
        received.add(new Received(connection, mail, rcpt, content, pipelined));
      }
      mail = null;
      rcpt = null;
      message++;
      send(reply);
    }

    private byte[] readContent(int first) throws IOException {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int value = first;
      while (true) {
        if (value < 0) {
          throw new EOFException();
        }
        line.write(value);
        if (value == '\n') {
          byte[] bytes = line.toByteArray();
          if (bytes.length == 3 && bytes[0] == '.' && bytes[1] == '\r') {
            return content.toByteArray();
          }
          int from = bytes[0] == '.' ? 1 : 0;
          content.write(bytes, from, bytes.length - from);
          line.reset();
        }
        value = in.read();
      }
    }

    private String say(Moment moment, String argument, String usual) throws IOException {
      String scripted = script.answer(new Call(moment, connection, message, argument));
      String reply = scripted == null ? usual : scripted;
      send(reply);
      return reply;
    }

    private void send(String reply) throws IOException {
      if (reply.equals(CLOSE)) {
        socket.close();
        throw new EOFException();
      }
      if (!reply.equals(SILENCE)) {
        out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      if (reply.startsWith("421")) {
        socket.close();
        throw new EOFException();
      }
    }

    private String readLine() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (true) {
        int value = in.read();
        if (value < 0) {
          throw new EOFException();
        }
        if (value == '\n') {
          return line.toString(StandardCharsets.UTF_8).stripTrailing();
        }
        line.write(value);
      }
    }
  }
}
