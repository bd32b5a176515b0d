package dev.lettershop.playground.command;

import dev.lettershop.playground.embedded.ProjectServers;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Lays out the inbox's page when mails have arrived and no more do. */
final class InboxPage {
  private final ProjectServers servers;
  private final Consumer<String> say;
  private long seen;
  private long laidOut;

  /**
   * @param servers null when nothing is kept
   */
  InboxPage(ProjectServers servers, Consumer<String> say) {
    this.servers = servers;
    this.say = say;
  }

  void follow() {
    long arrived = servers == null ? 0 : servers.arrived();
    if (arrived == seen && arrived > laidOut) {
      laidOut = arrived;
      Path page = servers.inbox();
      say.accept(arrived + " mails arrived: " + page.toAbsolutePath().normalize().toUri());
    }
    seen = arrived;
  }
}
