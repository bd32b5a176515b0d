package dev.lettershop.cli.keys;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.KeysetException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A file with a store's keys, which nobody but its owner may read. */
final class KeysetFile {
  private KeysetFile() {}

  /**
   * @throws UsageException when it cannot be read, or holds none
   */
  static Keyset read(Path file) {
    try {
      return Keyset.parse(Files.readAllBytes(file));
    } catch (KeysetException e) {
      throw new UsageException(file + " " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new UsageException("File not found: " + file + "; lettershop keys create makes one");
    } catch (IOException e) {
      throw new UsageException("Cannot read " + file + ": " + e.getMessage());
    }
  }

  /**
   * Writes a file that is not there yet.
   *
   * @throws UsageException when it is, or cannot be written
   */
  static void create(Path file, Keyset keyset) {
    try {
      Files.createFile(file, owner());
      Files.write(file, keyset.toJson(), StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          file
              + " is there already, and what it has encrypted can be read with it alone; lettershop"
              + " keys rotate adds a key to it");
    } catch (IOException e) {
      throw new UsageException("Cannot write " + file + ": " + e.getMessage());
    }
  }

  /** Puts another content into the file, or leaves it as it is. */
  static void replace(Path file, Keyset keyset) {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(beside);
      create(beside, keyset);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UsageException("Cannot write " + file + ": " + e.getMessage());
    }
  }

  private static FileAttribute<?>[] owner() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
