package dev.lettershop.source.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
  @TempDir Path folder;

  @Test
  void opens_the_file_of_the_first_folder_that_has_it() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.writeString(first.resolve("a.csv"), "1");
    Files.writeString(second.resolve("a.csv"), "2");
    Files.writeString(second.resolve("b.csv"), "3");
    FolderFiles files = new FolderFiles(List.of(first, second));

    assertThat(text(files, "a.csv")).isEqualTo("1");
    assertThat(text(files, "b.csv")).isEqualTo("3");
  }

  @Test
  void does_not_leave_its_folders() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path outside = Files.writeString(folder.resolve("secret.csv"), "1");
    FolderFiles files = new FolderFiles(List.of(inside));

    assertThatThrownBy(() -> files.open("../secret.csv")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files.open(outside.toString()))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void says_where_it_has_looked() {
    assertThatThrownBy(() -> new FolderFiles(List.of(folder)).open("a.csv"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("a.csv in [" + folder.toAbsolutePath() + "]");
  }

  private static String text(FolderFiles files, String path) throws IOException {
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes());
    }
  }
}
