package dev.lettershop.cli.output;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.resource.Manifest;
import dev.lettershop.resource.ParsedManifests;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds and reads the YAML and JSON files that {@code -f} names. */
public final class ManifestFiles {
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  /**
   * @param resources what could be read
   * @param manifests the documents as they are written, in the order of the files
   * @param diagnostics what is wrong with the files as such and with the schema of each resource
   */
  public record Loaded(
      ResourceSet resources, List<Manifest> manifests, List<Diagnostic> diagnostics) {}

  /** Stands for the standard input, as with kubectl. */
  private static final Path STANDARD_INPUT = Path.of("-");

  private final boolean recursive;
  private final InputStream input;

  /**
   * @param recursive also look into the folders of a folder, as {@code kubectl -R} does
   */
  public ManifestFiles(boolean recursive) {
    this(recursive, System.in);
  }

  /**
   * @param input what {@code -} stands for
   */
  ManifestFiles(boolean recursive, InputStream input) {
    this.recursive = recursive;
    this.input = input;
  }

  /**
   * Reads all manifests under the given files and folders.
   *
   * @throws UsageException when a path does not exist, is not readable, or holds no manifest at all
   */
  public Loaded load(List<Path> paths) {
    ResourceSet.Builder builder = ResourceSet.builder();
    List<Manifest> manifests = new ArrayList<>();
    for (Path file : files(paths)) {
      ParsedManifests parsed =
          file.equals(STANDARD_INPUT)
              ? ResourceParser.parse("stdin", read("stdin", input))
              : ResourceParser.parse(file.toString(), read(file));
      builder.add(parsed);
      manifests.addAll(parsed.manifests());
    }
    return new Loaded(builder.build(), List.copyOf(manifests), builder.diagnostics());
  }

  /** Names, sizes and times of the files; empty when they cannot be found. */
  String state(List<Path> paths) {
    try {
      StringBuilder state = new StringBuilder();
      for (Path file : files(paths)) {
        if (!file.equals(STANDARD_INPUT)) {
          state.append(file).append(' ').append(Files.size(file)).append(' ');
          state.append(Files.getLastModifiedTime(file).toMillis()).append('\n');
        }
      }
      return state.toString();
    } catch (IOException | UsageException e) {
      // Editors replace files: a moment later it is there again, and the state another.
      return "";
    }
  }

  private List<Path> files(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (path.equals(STANDARD_INPUT)) {
        files.add(path);
      } else if (Files.isDirectory(path)) {
        List<Path> found = manifestsIn(path);
        if (found.isEmpty()) {
          throw new UsageException(
              "No .yaml, .yml or .json file in "
                  + path
                  + (recursive ? "" : "; -R looks into its folders too"));
        }
        files.addAll(found);
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw new UsageException("No such file or folder: " + path);
      }
    }
    return files.stream().distinct().toList();
  }

  private List<Path> manifestsIn(Path folder) {
    try (Stream<Path> tree = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
      return tree.filter(Files::isRegularFile)
          .filter(ManifestFiles::isManifest)
          .filter(file -> !isHidden(folder.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UsageException("Cannot read the folder " + folder + ": " + e.getMessage());
    }
  }

  /** Tools keep their own files in such folders, not resources. */
  private static boolean isHidden(Path inFolder) {
    return StreamSupport.stream(inFolder.spliterator(), false)
        .anyMatch(part -> part.toString().startsWith("."));
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (IOException e) {
      throw new UsageException("Cannot read " + file + ": " + e.getMessage());
    }
  }

  private static String read(String name, InputStream in) {
    try {
      byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new UsageException(
            name + " is larger than " + MAX_BYTES / (1024 * 1024) + " MiB: not a manifest");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UsageException(name + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UsageException("Cannot read " + name + ": " + e.getMessage());
    }
  }
}
