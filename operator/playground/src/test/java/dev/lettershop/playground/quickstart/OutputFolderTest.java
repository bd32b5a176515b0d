package dev.lettershop.playground.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.lettershop.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path folder;

  @Test
  void makesAFolderThatIsMissing() throws IOException {
    try (OutputFolder out = OutputFolder.claim(folder.resolve("a/b"))) {
      assertThat(out.path()).isDirectory().isAbsolute();
      assertThat(out.shop()).doesNotExist();
    }
  }

  @Test
  void makesRoomWhereAnEarlierQuickstartWas() throws IOException {
    OutputFolder.claim(folder).close();
    Files.createDirectories(folder.resolve("mails"));
    Files.writeString(folder.resolve("mails/00001.eml"), "old");
    Files.writeString(folder.resolve("notes.txt"), "somebody's");

    OutputFolder.claim(folder).close();

    assertThat(folder.resolve("mails")).doesNotExist();
    assertThat(folder.resolve("notes.txt")).hasContent("somebody's");
  }

  @Test
  void leavesAFolderOfSomebodyElseAlone() throws IOException {
    Path mails = Files.createDirectories(folder.resolve("mails"));
    Files.writeString(mails.resolve("mine.eml"), "mine");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> OutputFolder.claim(folder))
        .withMessageContaining("another origin")
        .withMessageContaining("--out");
    assertThat(mails.resolve("mine.eml")).hasContent("mine");
  }

  @Test
  void isFilledByOneAtATime() throws IOException {
    try (OutputFolder out = OutputFolder.claim(folder)) {
      assertThatIOException()
          .isThrownBy(() -> OutputFolder.claim(out.path()))
          .withMessageContaining("another quickstart");
    }
    OutputFolder.claim(folder).close();
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> OutputFolder.claim(file))
        .withMessageContaining("is no folder");
  }
}
