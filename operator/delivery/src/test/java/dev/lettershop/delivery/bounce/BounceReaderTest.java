package dev.lettershop.delivery.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.MailAddress;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.delivery.message.ReturnAddresses;
import dev.lettershop.delivery.smtp.SmtpCredentials;
import dev.lettershop.delivery.smtp.SmtpSettings.Tls;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.BounceLog.SoftLimit;
import dev.lettershop.testkit.TestCertificate;
import dev.lettershop.testkit.TestDatabase;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** From a mailbox or a folder into a real database. */
@Isolated("what the threads of its mail server throw reaches every test that waits")
class BounceReaderTest {
  private static final LinkKeys KEYS = LinkKeys.parse("0123456789abcdef0123456789abcdef");
  private static final ReturnAddresses ADDRESSES =
      new ReturnAddresses("bounces.shop.example", "shop/default", KEYS);
  private static final RecipientLinks LINKS =
      new RecipientLinks("https://links.shop.example", KEYS);

  private static final SmtpCredentials PASSWORD = SmtpCredentials.password("bounces", "secret");

  @TempDir Path folder;
  private TestDatabase database;
  private Store store;
  private long run;

  @BeforeEach
  void open() throws Exception {
    database = new TestDatabase();
    store = database.store();
    store.migrate(ProfileSchema.of(List.of(), List.of()));
    database.execute(
        "insert into profile (id, email, email_key) overriding system value"
            + " values (1, 'ada@example.com', 'ada@example.com'),"
            + " (2, 'bea@example.com', 'bea@example.com'), (3, 'cem@example.com',"
            + " 'cem@example.com')");
    database.execute(
        "insert into run (namespace, campaign, name, plan_hash, plan, dry_run,"
            + " on_uncertain, max_attempts, topic) values ('shop', 'sale', 'r', 'h', '{}', false,"
            + " 'Skip', 3, 'newsletter')");
    run = number("select max(id) from run");
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private long number(String sql) throws Exception {
    return Long.parseLong(database.query(sql).get(0));
  }

  private String address(long profile, String email) {
    return ADDRESSES.of(run).of(profile, MailAddress.parse(email).orElseThrow());
  }

  private BounceCounts read(Mailbox mailbox) throws IOException {
    return new BounceReader(
            store.bounces(),
            new SoftLimit(5, Duration.ofDays(30)),
            "ses",
            ADDRESSES,
            LINKS,
            store.heldBounces()::count)
        .read(mailbox, () -> false);
  }

  private List<String> messages() {
    return List.of(
        Messages.dsn(address(1, "ada@example.com"), "failed", "5.1.1", "550 5.1.1 User unknown"),
        Messages.dsn(address(2, "bea@example.com"), "failed", "5.2.2", "552 5.2.2 Mailbox full"),
        Messages.dsn(address(2, "bea@example.com"), "delayed", "4.4.1", "timed out"),
        Messages.complaint(
            "abuse", "List-Unsubscribe: <" + LINKS.url(Purpose.Unsubscribe, run, 3) + ">"),
        Messages.plain(
            address(3, "cem@example.com"), "cem@example.com", "Out of office", "Back on Monday"),
        Messages.plain("news@shop.example", "dan@example.com", "A question", "Hello?"),
        // Forged: a report about somebody, to an address that we did not make.
        Messages.dsn("b-aaaa@bounces.shop.example", "failed", "5.1.1", "550 User unknown"));
  }

  private void expectAll(BounceCounts counts) throws Exception {
    assertThat(counts).isEqualTo(new BounceCounts(7L, 1L, 1L, 0L, 1L, 2L, 0L, 2L, 2L, 0L));
    assertThat(number("select count(*) from suppression")).isEqualTo(2);
    assertThat(
            number(
                "select count(*) from consent_state where profile_id = 3 and status ="
                    + " 'Withdrawn'"))
        .isOne();
  }

  private static long files(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aFolderIsReadAndItsMessagesArePutAway() throws Exception {
    int number = 0;
    for (String message : messages()) {
      Files.write(folder.resolve("m" + number++), Messages.bytes(message));
    }
    Files.writeString(folder.resolve(".being-written"), "From: x");

    expectAll(read(new SpoolMailbox(folder)));

    assertThat(files(folder)).as("only what is being written").isOne();
    assertThat(files(folder.resolve("done"))).isEqualTo(5);
    assertThat(files(folder.resolve("unknown"))).isEqualTo(2);
  }

  @Test
  void aMaildirIsReadFromNewAndCur() throws Exception {
    Files.createDirectories(folder.resolve("new"));
    Files.createDirectories(folder.resolve("cur"));
    Files.createDirectories(folder.resolve("tmp"));
    byte[] bounce =
        Messages.bytes(
            Messages.dsn(address(1, "ada@example.com"), "failed", "5.1.1", "User unknown"));
    Files.write(folder.resolve("new/1.a"), bounce);
    Files.write(folder.resolve("cur/0.b:2,S"), bounce);
    Files.write(folder.resolve("tmp/2.c"), bounce);

    BounceCounts counts = read(new SpoolMailbox(folder));

    assertThat(counts.read()).isEqualTo(2);
    assertThat(counts.hard()).isOne();
    assertThat(counts.repeated()).as("the other copy").isOne();
    assertThat(Files.exists(folder.resolve("tmp/2.c"))).isTrue();
  }

  @Test
  void aMailboxThatFailsAfterTheCommitIsReadAgainWithoutHarm() throws Exception {
    byte[] bounce =
        Messages.bytes(
            Messages.dsn(address(2, "bea@example.com"), "failed", "5.2.2", "mailbox full"));
    Files.write(folder.resolve("m"), bounce);
    Mailbox failing =
        new Mailbox() {
          private final SpoolMailbox real = new SpoolMailbox(folder);

          @Override
          public List<Incoming> next(int most) throws IOException {
            return real.next(most);
          }

          @Override
          public void done(List<Incoming> messages) throws IOException {
            throw new IOException("gone");
          }

          @Override
          public void unknown(List<Incoming> messages) {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> read(failing)).hasMessage("gone");
    assertThat(Files.exists(folder.resolve("m"))).as("still there").isTrue();
    BounceCounts again = read(new SpoolMailbox(folder));

    assertThat(again.repeated()).isOne();
    assertThat(again.soft()).isZero();
    assertThat(number("select count(*) from bounce")).isOne();
  }

  /** Somebody else looks into the mailbox too, and has marked a message. */
  @Test
  void whatOthersMarkedAsDeletedIsLeftToThem() throws Exception {
    TestCertificate certificate = TestCertificate.ofGreenMail();
    GreenMail server = mailServer(ServerSetup.PROTOCOL_IMAPS);
    try {
      MailFolder inbox =
          server
              .getManagers()
              .getImapHostManager()
              .getInbox(server.getUserManager().getUser("bounces"));
      long marked = inbox.getMessages().get(0).getUid();
      inbox.setFlags(new Flags(Flags.Flag.DELETED), true, marked, null, true);

      try (Mailbox mailbox =
          imap(server.getImaps().getPort(), Tls.Implicit, PASSWORD, certificate.pem())) {
        read(mailbox);
      }

      assertThat(inbox.getMessages()).extracting(StoredMessage::getUid).containsExactly(marked);
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerWithoutUidPlusKeepsWhatWasReadMarkedAndItIsNotReadAgain() throws Exception {
    GreenMail server = mailServer(ServerSetup.PROTOCOL_IMAP);
    try (PlainImapFront front = new PlainImapFront(server.getImap().getPort())) {
      try (Mailbox mailbox = imap(front.port(), Tls.None, PASSWORD, null)) {
        expectAll(read(mailbox));
      }
      try (Mailbox mailbox = imap(front.port(), Tls.None, PASSWORD, null)) {
        assertThat(read(mailbox).read()).as("all is put away").isZero();
      }

      assertThat(front.heard())
          .anyMatch(line -> line.contains("COPY"))
          .noneMatch(line -> line.contains("EXPUNGE"));
      MailFolder inbox =
          server
              .getManagers()
              .getImapHostManager()
              .getInbox(server.getUserManager().getUser("bounces"));
      assertThat(inbox.getMessages())
          .hasSize(7)
          .allMatch(message -> message.isSet(Flags.Flag.DELETED));
    } finally {
      server.stop();
    }
  }

  @Test
  void aMailboxIsReadByImapWithinTls() throws Exception {
    TestCertificate certificate = TestCertificate.ofGreenMail();
    GreenMail server = mailServer(ServerSetup.PROTOCOL_IMAPS);
    try {
      int port = server.getImaps().getPort();

      try (Mailbox mailbox = imap(port, Tls.Implicit, PASSWORD, certificate.pem())) {
        expectAll(read(mailbox));
      }
      try (Mailbox mailbox = imap(port, Tls.Implicit, PASSWORD, certificate.pem())) {
        assertThat(read(mailbox).read()).as("all is put away").isZero();
      }
      SmtpCredentials wrong = SmtpCredentials.password("bounces", "wrong");
      assertThatThrownBy(() -> imap(port, Tls.Implicit, wrong, certificate.pem()))
          .isInstanceOf(ImapMailbox.LoginRefusedException.class)
          .hasMessageNotContaining("wrong");
      assertThatThrownBy(() -> imap(port, Tls.Implicit, PASSWORD, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no TLS connection that can be trusted");
    } finally {
      server.stop();
    }
  }

  @Test
  void aTokenOpensAMailbox() throws Exception {
    TestCertificate certificate = TestCertificate.ofGreenMail();
    GreenMail server = mailServer(ServerSetup.PROTOCOL_IMAPS);
    try {
      int port = server.getImaps().getPort();
      SmtpCredentials token = SmtpCredentials.token("bounces", "secret");

      try (Mailbox mailbox = imap(port, Tls.Implicit, token, certificate.pem())) {
        expectAll(read(mailbox));
      }
      SmtpCredentials expired = SmtpCredentials.token("bounces", "expired");
      assertThatThrownBy(() -> imap(port, Tls.Implicit, expired, certificate.pem()))
          .isInstanceOf(ImapMailbox.LoginRefusedException.class)
          .hasMessageNotContaining("expired");
    } finally {
      server.stop();
    }
  }

  @Test
  void aMailboxIsReadAfterStartTls() throws Exception {
    TestCertificate certificate = TestCertificate.forNames(folder, "own", "dns:localhost");
    GreenMail server = mailServer(ServerSetup.PROTOCOL_IMAP);
    try (StartTlsFront front = new StartTlsFront(server.getImap().getPort(), certificate)) {
      try (Mailbox mailbox = imap(front.port(), Tls.StartTls, PASSWORD, certificate.pem())) {
        expectAll(read(mailbox));
      }

      assertThat(front.saidInClear()).containsOnly("CAPABILITY", "STARTTLS");
    } finally {
      server.stop();
    }
  }

  @Test
  void nobodyLogsInWhereStartTlsIsNotOffered() throws Exception {
    GreenMail server = mailServer(ServerSetup.PROTOCOL_IMAP);
    try (StartTlsFront front = new StartTlsFront(server.getImap().getPort(), null)) {
      assertThatThrownBy(() -> imap(front.port(), Tls.StartTls, PASSWORD, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not offer STARTTLS");

      assertThat(front.saidInClear()).isSubsetOf("CAPABILITY", "LOGOUT");
    } finally {
      server.stop();
    }
  }

  @Test
  void nobodyLogsInAtAServerWithAWrongCertificate() throws Exception {
    TestCertificate unknown = TestCertificate.forNames(folder, "unknown", "dns:localhost");
    TestCertificate ofAnother = TestCertificate.forNames(folder, "other", "dns:other.example");
    GreenMail server = mailServer(ServerSetup.PROTOCOL_IMAP);
    int port = server.getImap().getPort();
    try (StartTlsFront strange = new StartTlsFront(port, unknown);
        StartTlsFront misnamed = new StartTlsFront(port, ofAnother)) {
      assertThatThrownBy(() -> imap(strange.port(), Tls.StartTls, PASSWORD, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no TLS connection that can be trusted");
      assertThatThrownBy(() -> imap(misnamed.port(), Tls.StartTls, PASSWORD, ofAnother.pem()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no TLS connection that can be trusted");

      assertThat(strange.saidInClear()).containsExactly("CAPABILITY", "STARTTLS");
      assertThat(misnamed.saidInClear()).containsExactly("CAPABILITY", "STARTTLS");
    } finally {
      server.stop();
    }
  }

  /** With all messages in the mailbox of its only user. */
  private GreenMail mailServer(String protocol) throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.start();
    GreenMailUser user = server.setUser("bounces@shop.example", "bounces", "secret");
    for (String message : messages()) {
      user.deliver(
          new MimeMessage(
              Session.getInstance(new Properties()),
              new ByteArrayInputStream(Messages.bytes(message))));
    }
    return server;
  }

  private static Mailbox imap(int port, Tls tls, SmtpCredentials credentials, String pem)
      throws IOException {
    return new ImapMailbox(
        new ImapSettings("localhost", port, tls, credentials, pem, "INBOX", "Done", "Unknown"));
  }
}
