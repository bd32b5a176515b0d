package dev.lettershop.collector.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.hit.LinkTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Where links lead, on the disk, for a collector that starts while the database is away: a file for
 * each run. What cannot be written or read is missing only then, so nobody has to wait for it.
 * Addresses of campaigns are in it, and nothing about people. Thread-safe.
 */
final class TargetFolder {
  private static final Logger LOG = Logger.getLogger(TargetFolder.class);
  private static final String SUFFIX = ".json";

  /** What the smallest file takes. */
  private static final long BLOCK = 4096;

  private final Path folder;
  private final long most;
  private long bytes;

  /** A file of the folder. */
  private record Entry(Path file, long modified, long size) {}

  /**
   * @param folder made when it does not exist
   * @param most bytes that it takes; above it, the oldest files go
   */
  TargetFolder(Path folder, long most) {
    this.folder = folder;
    this.most = most;
  }

  /** All that is there, by number of the run. */
  synchronized Map<Long, List<LinkTarget>> read() {
    Map<Long, List<LinkTarget>> runs = new HashMap<>();
    bytes = 0;
    try {
      Files.createDirectories(folder);
      for (Entry each : entries()) {
        bytes += each.size();
        read(each.file(), runs);
      }
    } catch (IOException e) {
      LOG.warnf("Where links lead cannot be read from the disk: %s", e.getMessage());
    }
    return runs;
  }

  private static void read(Path file, Map<Long, List<LinkTarget>> runs) throws IOException {
    try {
      String name = file.getFileName().toString();
      runs.put(
          Long.valueOf(name.substring(0, name.length() - SUFFIX.length())),
          JsonMappers.PLAIN.readValue(
              Files.readAllBytes(file), new TypeReference<List<LinkTarget>>() {}));
    } catch (JsonProcessingException | NumberFormatException cutOff) {
      LOG.warnf("%s is passed over: %s", file.getFileName(), cutOff.getClass().getName());
    }
  }

  /** Keeps the links of a run. */
  synchronized void write(long run, List<LinkTarget> links) {
    try {
      byte[] content = JsonMappers.PLAIN.writeValueAsBytes(links);
      Path written = folder.resolve("new");
      Files.write(written, content);
      Files.move(
          written,
          folder.resolve(run + SUFFIX),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      bytes += blocks(content.length);
      if (bytes > most) {
        trim();
      }
    } catch (IOException e) {
      LOG.warnf("Where links lead cannot be kept on the disk: %s", e.getMessage());
    }
  }

  /** Frees a quarter, so that it is not done for each run. */
  private void trim() throws IOException {
    List<Entry> oldestFirst = new ArrayList<>(entries());
    oldestFirst.sort(Comparator.comparingLong(Entry::modified));
    bytes = oldestFirst.stream().mapToLong(Entry::size).sum();
    for (Entry each : oldestFirst) {
      if (bytes <= most - most / 4) {
        return;
      }
      Files.delete(each.file());
      bytes -= each.size();
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        entries.add(
            new Entry(file, Files.getLastModifiedTime(file).toMillis(), blocks(Files.size(file))));
      }
    }
    return entries;
  }

  private static long blocks(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }
}
