package dev.lettershop.playground.inbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An SMTP server on the loopback interface: RFC 5321 with PIPELINING (RFC 2920), 8BITMIME (RFC
 * 6152), SIZE (RFC 1870), SMTPUTF8 (RFC 6531) and ENHANCEDSTATUSCODES (RFC 2034). It relays
 * nothing; every message goes to the {@link MessageSink}. One thread per connection. Thread-safe.
 *
 * <p>A message counts as received when the sink has committed it, which is before the client is
 * told so.
 */
public final class SmtpInbox implements AutoCloseable {
  private static final long CLOSE_PATIENCE_MILLIS = 5_000;

  private final ServerSocket listener;
  private final Thread acceptor;
  private final SmtpSession.Rules rules;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private volatile boolean closed;

  private SmtpInbox(ServerSocket listener, SmtpSession.Rules rules) {
    this.listener = listener;
    this.rules = rules;
    this.acceptor = new Thread(this::acceptConnections, "inbox-" + listener.getLocalPort());
    this.acceptor.setDaemon(true);
  }

  /**
   * Starts a server on a free port that accepts everything.
   *
   * @throws IOException when there is no free port
   */
  public static SmtpInbox start(MessageSink sink) throws IOException {
    return builder(sink).start();
  }

  public static Builder builder(MessageSink sink) {
    return new Builder(sink);
  }

  /** How a server is to be. */
  public static final class Builder {
    private final MessageSink sink;
    private ReplyScript script = ReplyScript.ACCEPT_ALL;
    private int port;
    private long maxMessageBytes = 50L << 20;

    private Builder(MessageSink sink) {
      this.sink = Objects.requireNonNull(sink);
    }

    /** The misbehaviour; none unless said. */
    public Builder script(ReplyScript misbehaviour) {
      this.script = Objects.requireNonNull(misbehaviour);
      return this;
    }

    /** 0, which is the default, takes a free one. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /** What SIZE announces, in bytes; larger messages get 552. Default 50 MiB. */
    public Builder maxMessageBytes(long bytes) {
      this.maxMessageBytes = bytes;
      return this;
    }

    /**
     * @throws IOException when the port is not free
     */
    public SmtpInbox start() throws IOException {
      ServerSocket listener = new ServerSocket();
      try {
        // A test that restarts the server on the same port must not wait for old connections.
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
      } catch (IOException e) {
        listener.close();
        throw new IOException(
            "cannot listen for SMTP on the loopback interface, port "
                + port
                + ": "
                + e.getMessage()
                + "; choose another port",
            e);
      }
      SmtpInbox inbox =
          new SmtpInbox(listener, new SmtpSession.Rules(sink, script, maxMessageBytes));
      inbox.acceptor.start();
      return inbox;
    }
  }

  /** The loopback address in text, such as {@code 127.0.0.1}. */
  public String host() {
    return listener.getInetAddress().getHostAddress();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections that were accepted since the start. */
  public long connectionsAccepted() {
    return accepted.get();
  }

  /** Stops listening, drops the open connections and waits for their threads. Idempotent. */
  @Override
  public void close() {
    closed = true;
    closeQuietly(listener);
    connections.forEach(connection -> closeQuietly(connection.socket));
    long deadline = System.nanoTime() + CLOSE_PATIENCE_MILLIS * 1_000_000;
    join(acceptor, deadline);
    connections.forEach(connection -> join(connection, deadline));
  }

  private static void join(Thread thread, long deadlineNanos) {
    long millis = Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptConnections() {
    while (!closed) {
      try {
        Socket socket = listener.accept();
        Connection connection = new Connection(socket, accepted.incrementAndGet());
        connections.add(connection);
        connection.start();
        if (closed) {
          closeQuietly(socket);
        }
      } catch (IOException e) {
        if (!closed) {
          // Out of file descriptors, most likely: those in use come back, so try again.
          Thread.yield();
        }
      }
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closing was all that was left to do with it; the peer sees the connection end either way.
    }
  }

  private final class Connection extends Thread {
    private final Socket socket;
    private final long number;

    Connection(Socket socket, long number) {
      super("inbox-" + listener.getLocalPort() + "-" + number);
      this.socket = socket;
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (socket) {
        new SmtpSession(socket, number, rules).serve();
      } catch (IOException e) {
        // The client went away, the script dropped it, or the inbox was closed: the session is
        // over,
        // and what was not committed was discarded.
      } finally {
        connections.remove(this);
      }
    }
  }
}
