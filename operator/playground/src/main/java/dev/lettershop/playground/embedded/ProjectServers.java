package dev.lettershop.playground.embedded;

import dev.lettershop.cli.output.LocalServers;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.gallery.Gallery;
import dev.lettershop.playground.gallery.GallerySummary;
import dev.lettershop.playground.gallery.GallerySummary.Figure;
import dev.lettershop.playground.inbox.DirectorySink;
import dev.lettershop.playground.inbox.SmtpInbox;
import dev.lettershop.playground.lifeline.Lifeline;
import dev.lettershop.playground.sample.Servers;
import dev.lettershop.resource.Manifest;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * PostgreSQL and an SMTP inbox of one project, with all they ever got, in {@code .lettershop/local}
 * inside of it. One command uses them at a time.
 */
public final class ProjectServers implements LocalServers.Running {
  private static final Path KEPT = Path.of(".lettershop", "local");
  private static final String INBOX = "inbox";

  private final Path project;
  private final Path folder;
  private final FileChannel lock;
  private final Lifeline lifeline;
  private final EmbeddedDatabase database;
  private final DirectorySink mails;
  private final SmtpInbox inbox;

  private ProjectServers(
      Path project,
      Path folder,
      FileChannel lock,
      Lifeline lifeline,
      EmbeddedDatabase database,
      DirectorySink mails,
      SmtpInbox inbox) {
    this.project = project;
    this.folder = folder;
    this.lock = lock;
    this.lifeline = lifeline;
    this.database = database;
    this.mails = mails;
    this.inbox = inbox;
  }

  /**
   * @throws UsageException when the project is not a folder
   * @throws IOException when a server does not start, or another command uses them
   */
  public static ProjectServers start(Path project) throws IOException, InterruptedException {
    if (!Files.isDirectory(project)) {
      throw new UsageException(
          "Folder not found: " + project + "; a database and mails are to be kept in it");
    }
    Path root = project.toAbsolutePath().normalize();
    Path folder = Files.createDirectories(root.resolve(KEPT));
    // Whoever keeps a project in Git does not want people's data there, whatever its own list says.
    Files.writeString(root.resolve(".lettershop").resolve(".gitignore"), "*\n");
    FileChannel lock = locked(folder);
    try {
      Path data = folder.resolve("postgresql");
      EmbeddedDatabase.endLeft(data);
      Ports ports = Ports.of(folder.resolve("ports.json"));
      DirectorySink mails = new DirectorySink(folder.resolve(INBOX).resolve(Gallery.MAILS));
      SmtpInbox inbox = SmtpInbox.builder(mails).port(ports.smtp()).start();
      try {
        EmbeddedDatabase database = EmbeddedDatabase.kept(data, ports.postgresql());
        Lifeline lifeline = Lifeline.start();
        database.process().ifPresent(lifeline::watch);
        return new ProjectServers(project, folder, lock, lifeline, database, mails, inbox);
      } catch (IOException | RuntimeException e) {
        inbox.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      channel.close();
      throw inUse(folder, inThisProcess);
    }
    channel.close();
    throw inUse(folder, null);
  }

  private static IOException inUse(Path folder, Exception cause) {
    return new IOException("another command uses " + folder + "; wait for it, or end it", cause);
  }

  /** What resources have to name to reach these servers. */
  public Servers servers() {
    return new Servers(
        database.host(),
        database.port(),
        database.database(),
        database.username(),
        database.password(),
        inbox.host(),
        inbox.port());
  }

  /** The database; ends with the servers. */
  public EmbeddedDatabase database() {
    return database;
  }

  /** Where mails arrive. */
  public Path mails() {
    return folder.resolve(INBOX).resolve(Gallery.MAILS);
  }

  @Override
  public ResourceSet inPlace(ManifestFiles.Loaded loaded) {
    ResourceSet.Builder resources = ResourceSet.builder();
    for (Manifest manifest : manifests(loaded)) {
      String file = manifest.places().get("").file();
      resources.add(ResourceParser.parse(file, manifest.json().toString()));
    }
    return resources.build();
  }

  /** The same as manifests, with a Secret for what these servers and links need. */
  public List<Manifest> manifests(ManifestFiles.Loaded loaded) {
    return new Overlay(servers(), folder.resolve("link-key"))
        .of(loaded.manifests(), database::require);
  }

  @Override
  public String places() {
    return """
        PostgreSQL  postgresql://%s@%s:%d/%s
        SMTP        %s:%d; no mail leaves this machine
        Kept in     %s"""
        .formatted(
            database.username(),
            database.host(),
            database.port(),
            database.database(),
            inbox.host(),
            inbox.port(),
            project.resolve(KEPT));
  }

  @Override
  public long arrived() {
    return mails.messages();
  }

  @Override
  public Path inbox() {
    try {
      long all;
      try (Stream<Path> files = Files.list(mails())) {
        all = files.filter(file -> file.toString().endsWith(".eml")).count();
      }
      if (all == 0) {
        return null;
      }
      GallerySummary summary =
          new GallerySummary(
              "Inbox of " + project.toAbsolutePath().normalize().getFileName(),
              "mails that this project has sent on this machine",
              List.of(new Figure("in all", all), new Figure("of the last call", arrived())),
              List.of());
      return new Gallery(folder.resolve(INBOX)).write(summary, (to, subject, text) -> Map.of());
    } catch (IOException e) {
      throw new UsageException("Cannot write the inbox's page: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try (FileChannel released = lock;
        Lifeline ended = lifeline) {
      inbox.close();
      database.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The servers in " + folder + " did not end in order", e);
    }
  }
}
