package dev.lettershop.delivery.bounce;

import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.delivery.smtp.TrustedCertificates;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mailbox that is read by IMAP, within TLS unless the settings say otherwise. */
public final class ImapMailbox implements Mailbox {
  private static final String TIMEOUT_MILLIS = "60000";

  private static final Logger LOG = LoggerFactory.getLogger(ImapMailbox.class);

  private final Store store;
  private final Folder inbox;
  private final Folder done;
  private final Folder unknown;
  private long lastUid;

  /** The server refuses the credentials. */
  public static final class LoginRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    LoginRefusedException(String place) {
      super(place + " refuses the credentials");
    }
  }

  /**
   * Connects.
   *
   * @throws LoginRefusedException when the server refuses the credentials
   * @throws IOException when there is no connection that can be trusted, or no such folder; names
   *     the server and no person
   */
  public ImapMailbox(ImapSettings settings) throws IOException {
    String place = "IMAP server " + settings.host() + ":" + settings.port();
    try {
      store = Session.getInstance(properties(settings)).getStore(protocol(settings));
      store.connect(
          settings.host(),
          settings.port(),
          settings.credentials().username(),
          settings.credentials().secret());
      inbox = store.getFolder(settings.folder());
      if (!inbox.exists()) {
        close();
        throw new IOException(place + ": folder not found: \"" + settings.folder() + "\"");
      }
      inbox.open(Folder.READ_WRITE);
      done = made(settings.doneFolder());
      unknown = made(settings.unknownFolder());
    } catch (AuthenticationFailedException e) {
      throw new LoginRefusedException(place);
    } catch (MessagingException e) {
      throw new IOException(place + ": " + explain(e), e);
    }
  }

  private static String explain(MessagingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof javax.net.ssl.SSLException
          || cause instanceof java.security.cert.CertificateException) {
        return "no TLS connection that can be trusted: check the certificate and caSecretRef";
      }
    }
    return failure.getMessage() != null && failure.getMessage().contains("STARTTLS")
        ? "the server does not offer STARTTLS, and nothing is read without"
        : "no connection (" + failure.getClass().getSimpleName() + "): check host, port, network";
  }

  private static String protocol(ImapSettings settings) {
    return settings.tls() == Tls.Implicit ? "imaps" : "imap";
  }

  private static Properties properties(ImapSettings settings) {
    String prefix = "mail." + protocol(settings) + ".";
    Properties properties = new Properties();
    properties.put(prefix + "connectiontimeout", TIMEOUT_MILLIS);
    properties.put(prefix + "timeout", TIMEOUT_MILLIS);
    properties.put(prefix + "writetimeout", TIMEOUT_MILLIS);
    properties.put(prefix + "partialfetch", "true");
    // Reading must not mark a message: whether it was dealt with is told by its folder.
    properties.put(prefix + "peek", "true");
    if (settings.credentials().isToken()) {
      properties.put(prefix + "auth.mechanisms", "XOAUTH2");
    }
    if (settings.tls() != Tls.None) {
      properties.put(prefix + "ssl.checkserveridentity", "true");
      properties.put(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
      properties.put(prefix + "starttls.enable", String.valueOf(settings.tls() == Tls.StartTls));
      properties.put(prefix + "starttls.required", String.valueOf(settings.tls() == Tls.StartTls));
      if (settings.caPem() != null) {
        properties.put(
            prefix + "ssl.socketFactory",
            TrustedCertificates.context(settings.host(), settings.caPem()).getSocketFactory());
      }
    }
    return properties;
  }

  private Folder made(String name) throws MessagingException {
    Folder folder = store.getFolder(name);
    if (!folder.exists()) {
      folder.create(Folder.HOLDS_MESSAGES);
    }
    return folder;
  }

  @Override
  public List<Incoming> next(int most) throws IOException {
    try {
      List<Incoming> messages = new ArrayList<>();
      for (Message message : ((UIDFolder) inbox).getMessagesByUID(lastUid + 1, UIDFolder.LASTUID)) {
        long uid = ((UIDFolder) inbox).getUID(message);
        // A range without messages is answered with the last one.
        if (messages.size() < most && uid > lastUid && !message.isSet(Flags.Flag.DELETED)) {
          messages.add(new Incoming(content(message), message));
          lastUid = uid;
        }
      }
      return messages;
    } catch (MessagingException e) {
      throw failure("read", e);
    }
  }

  private static byte[] content(Message message) throws IOException, MessagingException {
    Head head = new Head();
    try {
      message.writeTo(head);
    } catch (Head.Full enough) {
      return head.bytes.toByteArray();
    }
    return head.bytes.toByteArray();
  }

  /** Takes the beginning of a message and ends its transfer there. */
  private static final class Head extends OutputStream {
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

    private static final class Full extends IOException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] more, int from, int count) throws IOException {
      int room = Math.min(count, Incoming.LONGEST - bytes.size());
      bytes.write(more, from, room);
      if (room < count) {
        throw new Full();
      }
    }
  }

  @Override
  public void done(List<Incoming> messages) throws IOException {
    move(messages, done);
  }

  @Override
  public void unknown(List<Incoming> messages) throws IOException {
    move(messages, unknown);
  }

  /** Copied first, so that a connection that breaks leaves two rather than none. */
  private void move(List<Incoming> messages, Folder to) throws IOException {
    if (messages.isEmpty()) {
      return;
    }
    try {
      Message[] moved = messages.stream().map(m -> (Message) m.id()).toArray(Message[]::new);
      inbox.copyMessages(moved, to);
      inbox.setFlags(moved, new Flags(Flags.Flag.DELETED), true);
      expunge(moved);
    } catch (MessagingException e) {
      throw failure("put away", e);
    }
  }

  /**
   * Removes these messages and no others: a plain EXPUNGE would also remove what other clients have
   * marked (RFC 4315). Where the server has no UIDPLUS the mark stays, and marked messages are not
   * read again.
   */
  private void expunge(Message[] moved) throws MessagingException {
    if (((IMAPStore) store).hasCapability("UIDPLUS")) {
      ((IMAPFolder) inbox).expunge(moved);
    } else {
      LOG.info("The IMAP server has no UIDPLUS: messages stay in their folder, marked as deleted");
    }
  }

  private static IOException failure(String doing, MessagingException e) {
    return new IOException(
        "The IMAP server does not let messages be "
            + doing
            + " ("
            + e.getClass().getSimpleName()
            + ")",
        e);
  }

  @Override
  public void close() throws IOException {
    try {
      if (store != null && store.isConnected()) {
        store.close();
      }
    } catch (MessagingException e) {
      // All that was to be kept is kept; a farewell changes nothing.
      return;
    }
  }
}
