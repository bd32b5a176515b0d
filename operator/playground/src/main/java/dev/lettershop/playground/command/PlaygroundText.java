package dev.lettershop.playground.command;

import dev.lettershop.playground.links.LinksFront;
import dev.lettershop.playground.local.Playground;
import dev.lettershop.playground.sample.Servers;
import java.net.URI;
import java.nio.file.Path;

/** What a playground says when it is up: where everything is, and what to type next. */
final class PlaygroundText {
  private static final Path DEFAULT = Path.of(".lettershop", "playground");

  private final Path folder;
  private final Playground playground;

  /**
   * @param folder as the user wrote it
   */
  PlaygroundText(Path folder, Playground playground) {
    this.folder = folder;
    this.playground = playground;
  }

  String welcome() {
    Servers servers = playground.servers();
    String controller = playground.controller().address().map(URI::toString).orElse("");
    String export = "export KUBECONFIG=" + playground.kubeconfig();
    return """

        The playground is up.
          API server  %s
          PostgreSQL  postgresql://%s@%s:%d/%s
          SMTP        %s:%d; the mails are in %s
          controller  %s/q/metrics; its log is %s
          links       %s in place of https://links.acme.example, once the sample is applied

        In another terminal, in this folder:
        %s  ./lettershop apply -f %s
              the sample campaign, made for these servers
          ./lettershop get all
          ./lettershop apply -f %s
              a run: sends the campaign now
          ./lettershop describe campaign autumn-sale

        For kubectl, which works too:
          %s
        Ctrl-C ends the playground and forgets what is in it, but for the mails.
        """
        .formatted(
            playground.apiServer(),
            servers.username(),
            servers.databaseHost(),
            servers.databasePort(),
            servers.database(),
            servers.smtpHost(),
            servers.smtpPort(),
            folder.resolve("mails"),
            controller,
            folder.resolve("controller.log"),
            playground.links().map(LinksFront::url).orElse(""),
            folder.equals(DEFAULT) ? "" : "  " + export + "\n",
            folder.resolve("shop"),
            folder.resolve("run-now.yaml"),
            export);
  }
}
