package dev.lettershop.cli.init;

import dev.lettershop.api.v1alpha1.source.FileSource;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.resource.ResourceSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of records that a project begins with.
 *
 * @param location where it is; absolute
 * @param path of it in the project, with slashes
 */
record DataFile(Path location, String path) {
  /** Folder of a project for files from elsewhere. */
  static final String FOLDER = "data";

  /**
   * @param project folder that it belongs to; one inside stays where it is
   * @throws UsageException when there is no such file
   */
  static DataFile of(Path file, Path project) {
    Path location = file.toAbsolutePath().normalize();
    if (!Files.isRegularFile(location) || !Files.isReadable(location)) {
      throw new UsageException(
          Files.exists(location)
              ? file + " is not a file that can be read"
              : "File not found: " + file);
    }
    Path root = project.toAbsolutePath().normalize();
    boolean stays = location.startsWith(root) && !isTakenForManifest(location, root);
    return new DataFile(
        location,
        stays
            ? root.relativize(location).toString().replace('\\', '/')
            : FOLDER + "/" + location.getFileName());
  }

  /** What lies beside the manifests and ends in .json is read as one. */
  private static boolean isTakenForManifest(Path location, Path root) {
    return location.getParent().equals(root)
        && location.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*[.](json|ya?ml)");
  }

  boolean isOutside(Path project) {
    return !location.equals(project.toAbsolutePath().normalize().resolve(path));
  }

  /** The source's name: that of the file, as resources are called. */
  String name() {
    String name = plain().replace('_', '-');
    return name.isEmpty() ? "source" : name;
  }

  /** What its records are when they are events that nobody names: {@code orders.csv}, order. */
  String eventName() {
    String name = plain().replace('-', '_');
    String one = name.matches(".{3,}[^s]s") ? name.substring(0, name.length() - 1) : name;
    return one.matches("[a-z].*") ? one : "event" + (one.isEmpty() ? "" : "_" + one);
  }

  private String plain() {
    String plain =
        location
            .getFileName()
            .toString()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[.].*$", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return plain.length() > 40 ? plain.substring(0, 40).replaceAll("-+$", "") : plain;
  }

  ResourceSet manifest() {
    String format =
        location.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*[.](ndjson|jsonl).*")
            ? "NdJson"
            : "Csv";
    return Study.parsed(
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: %s}
        spec:
          identity: {key: id}
          file:
            format: %s
            path: %s
            volume: {persistentVolumeClaim: {claimName: exports}}
        """
            .formatted(
                name(),
                format,
                "\"" + location.getFileName().toString().replace("\"", "\\\"") + "\""));
  }

  FileSource inProject(FileSource file) {
    return new FileSource(file.format(), path, file.volume(), file.csv());
  }
}
