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

  /** With the sample to be applied. */
  String welcome() {
    String export = "export KUBECONFIG=" + playground.kubeconfig();
    return up(folder.resolve("mails"))
        + """
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
                playground.links().map(LinksFront::url).orElse(""),
                folder.equals(DEFAULT) ? "" : "  " + export + "\n",
                folder.resolve("shop"),
                folder.resolve("run-now.yaml"),
                export);
  }

  /**
   * With a folder of one's own that is applied.
   *
   * @param project as the user wrote it
   * @param campaign of the project, or null
   * @param mails where they arrive
   */
  String welcome(Path project, String campaign, Path mails) {
    String export = "export KUBECONFIG=" + playground.kubeconfig();
    String send =
        campaign == null
            ? ""
            : "  ./lettershop apply -f "
                + folder.resolve("run-now.yaml")
                + "\n      a run: sends campaign/"
                + campaign
                + " now\n";
    return up(mails)
        + """

        %s is applied now, and again whenever a file in it changes. In another terminal:
        %s  ./lettershop get all
        %s
        For kubectl, which works too:
          %s
        Ctrl-C ends the playground.
        """
            .formatted(project, folder.equals(DEFAULT) ? "" : "  " + export + "\n", send, export);
  }

  private String up(Path mails) {
    Servers servers = playground.servers();
    return """

        The playground is up.
          API server  %s
          PostgreSQL  postgresql://%s@%s:%d/%s
          SMTP        %s:%d; the mails are in %s
          controller  %s/q/metrics; its log is %s
        """
        .formatted(
            playground.apiServer(),
            servers.username(),
            servers.databaseHost(),
            servers.databasePort(),
            servers.database(),
            servers.smtpHost(),
            servers.smtpPort(),
            mails,
            playground.controller().address().map(URI::toString).orElse(""),
            folder.resolve("controller.log"));
  }
}
