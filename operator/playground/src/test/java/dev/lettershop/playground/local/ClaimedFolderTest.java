package dev.lettershop.playground.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.lettershop.cli.output.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimedFolderTest {
  @TempDir private Path folder;

  private static ClaimedFolder claim(Path folder) throws IOException {
    return ClaimedFolder.claim(folder, "quickstart", List.of("mails"));
  }

  @Test
  void makesAFolderThatIsMissing() throws IOException {
    try (ClaimedFolder out = claim(folder.resolve("a/b"))) {
      assertThat(out.path()).isDirectory().isAbsolute();
    }
  }

  @Test
  void makesRoomWhereAnEarlierQuickstartWas() throws IOException {
    claim(folder).close();
    Files.createDirectories(folder.resolve("mails"));
    Files.writeString(folder.resolve("mails/00001.eml"), "old");
    Files.writeString(folder.resolve("notes.txt"), "somebody's");

    claim(folder).close();

    assertThat(folder.resolve("mails")).doesNotExist();
    assertThat(folder.resolve("notes.txt")).hasContent("somebody's");
  }

  @Test
  void leavesAFolderOfSomebodyElseAlone() throws IOException {
    Path mails = Files.createDirectories(folder.resolve("mails"));
    Files.writeString(mails.resolve("mine.eml"), "mine");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> claim(folder))
        .withMessageContaining("another origin")
        .withMessageContaining("--out");
    assertThat(mails.resolve("mine.eml")).hasContent("mine");
  }

  @Test
  void isFilledByOneAtATime() throws IOException {
    try (ClaimedFolder out = claim(folder)) {
      assertThatIOException()
          .isThrownBy(() -> claim(out.path()))
          .withMessageContaining("another quickstart");
    }
    claim(folder).close();
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> claim(file))
        .withMessageContaining("is not a folder");
  }
}
