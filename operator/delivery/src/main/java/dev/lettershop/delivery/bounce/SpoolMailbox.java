package dev.lettershop.delivery.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of messages: a Maildir ({@code new} and {@code cur}), or files with one message each.
 * What is recorded goes to {@code done}, what is not understood to {@code unknown}.
 */
public final class SpoolMailbox implements Mailbox {
  private final Path folder;
  private final Set<Path> seen = new HashSet<>();

  /**
   * @throws NotDirectoryException when there is no such folder
   */
  public SpoolMailbox(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    this.folder = folder;
  }

  @Override
  public List<Incoming> next(int most) throws IOException {
    List<Incoming> messages = new ArrayList<>();
    for (Path file : waiting()) {
      if (messages.size() == most) {
        break;
      }
      if (seen.add(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          messages.add(new Incoming(in.readNBytes(Incoming.LONGEST), file));
        } catch (NoSuchFileException gone) {
          // Somebody else reads here as well, and was faster.
          continue;
        }
      }
    }
    return messages;
  }

  /** In the order of their names, which begin with the time in a Maildir. */
  private List<Path> waiting() throws IOException {
    List<Path> files = new ArrayList<>();
    boolean maildir = Files.isDirectory(folder.resolve("new"));
    for (Path place :
        maildir ? List.of(folder.resolve("new"), folder.resolve("cur")) : List.of(folder)) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> entries = Files.list(place)) {
          entries
              .filter(Files::isRegularFile)
              // Names with a dot in front are being written, or are none of ours.
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .forEach(files::add);
        }
      }
    }
    return files;
  }

  @Override
  public void done(List<Incoming> messages) throws IOException {
    move(messages, folder.resolve("done"));
  }

  @Override
  public void unknown(List<Incoming> messages) throws IOException {
    move(messages, folder.resolve("unknown"));
  }

  private static void move(List<Incoming> messages, Path to) throws IOException {
    if (messages.isEmpty()) {
      return;
    }
    Files.createDirectories(to);
    for (Incoming message : messages) {
      Path file = (Path) message.id();
      try {
        Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException gone) {
        // Put away by somebody else, who had recorded it as well.
        continue;
      }
    }
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
