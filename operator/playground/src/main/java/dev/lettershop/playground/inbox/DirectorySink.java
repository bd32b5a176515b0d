package dev.lettershop.playground.inbox;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes every message to {@code 00001.eml}, {@code 00002.eml}… in one folder. A file of that name
 * is always whole: a message under way has another name.
 */
public final class DirectorySink implements MessageSink {
  private static final Pattern NUMBER = Pattern.compile("([0-9]{5,18})[.]eml");

  private final Path directory;
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();

  private final long before;

  /** The folder is made when it is missing; messages that are there are kept, and counted on. */
  public DirectorySink(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(directory)) {
      this.before =
          files
              .map(file -> NUMBER.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToLong(name -> Long.parseLong(name.group(1)))
              .max()
              .orElse(0);
    }
    opened.set(before);
    committed.set(before);
  }

  /** Messages that are complete since the start. */
  public long messages() {
    return committed.get() - before;
  }

  @Override
  public Incoming open(Envelope envelope) throws IOException {
    return new MessageFile(directory.resolve(opened.incrementAndGet() + ".part"));
  }

  private final class MessageFile implements Incoming {
    private final Path part;
    private final OutputStream out;

    MessageFile(Path part) throws IOException {
      this.part = part;
      this.out = Files.newOutputStream(part);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
    }

    @Override
    public void commit() throws IOException {
      out.close();
      Path whole = directory.resolve("%05d.eml".formatted(committed.incrementAndGet()));
      Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void discard() {
      try {
        out.close();
        Files.deleteIfExists(part);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove the unfinished message " + part, e);
      }
    }
  }
}
