package dev.lettershop.playground.realcluster;

import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.MemorySink;
import dev.lettershop.playground.inbox.ReceivedMail;
import dev.lettershop.playground.inbox.SmtpInbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a campaign needs outside of the cluster: a real PostgreSQL and a real SMTP server. */
final class MailRoom implements AutoCloseable {
  private final EmbeddedDatabase database;
  private final MemorySink inbox;
  private final SmtpInbox server;

  private MailRoom(EmbeddedDatabase database, MemorySink inbox, SmtpInbox server) {
    this.database = database;
    this.inbox = inbox;
    this.server = server;
  }

  static MailRoom open(Path scratch) throws IOException {
    EmbeddedDatabase database = EmbeddedDatabase.start(scratch.resolve("postgresql"));
    MemorySink inbox = new MemorySink();
    return new MailRoom(database, inbox, SmtpInbox.start(inbox));
  }

  /** Everything that a campaign refers to, with this database and this server. */
  String surroundings() {
    return ShopResources.surroundings(
        new ShopResources.Place(database.host(), database.port()),
        database.database(),
        new ShopResources.Place(server.host(), server.port()));
  }

  /** Who got a mail of this campaign, in the order of arrival; twice when they got two. */
  List<String> recipientsOf(String campaign) {
    return inbox.mails().stream()
        .filter(mail -> isOf(campaign, mail))
        .flatMap(mail -> mail.envelope().recipients().stream())
        .toList();
  }

  private static boolean isOf(String campaign, ReceivedMail mail) {
    return new String(mail.content(), StandardCharsets.UTF_8)
        .contains("List-ID: <" + campaign + ".");
  }

  @Override
  public void close() throws IOException {
    server.close();
    database.close();
  }
}
