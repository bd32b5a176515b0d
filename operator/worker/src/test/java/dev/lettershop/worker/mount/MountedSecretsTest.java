package dev.lettershop.worker.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.job.ExitCode;
import dev.lettershop.worker.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedSecretsTest {
  @TempDir Path folder;
  private MountedSecrets secrets;

  @BeforeEach
  void mount() throws IOException {
    Files.createDirectories(folder.resolve("db"));
    Files.writeString(folder.resolve("db/password"), "sesame\n");
    secrets = new MountedSecrets(folder.resolve("."));
  }

  @Test
  void aRotatedSecretIsSeen() throws IOException {
    assertThat(secrets.text("db", "password")).contains("sesame");

    Files.writeString(folder.resolve("db/password"), "barley");

    assertThat(secrets.text("db", "password")).contains("barley");
  }

  @Test
  void aMissingKeyIsNamedWithTheFieldThatRefersToIt() {
    assertThatThrownBy(() -> secrets.require("MailTransport/default spec.smtp", "db", "username"))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageContaining("MailTransport/default spec.smtp")
        .hasMessageContaining("\"username\" of Secret/db")
        .hasMessageContaining("/<Secret>/<key>");
  }

  @Test
  void namesDoNotLeadOutOfTheFolder() throws IOException {
    Files.writeString(folder.resolve("outside"), "not a Secret");

    assertThat(secrets.get("db", "../outside")).isEmpty();
    assertThat(secrets.get("..", "outside")).isEmpty();
    assertThat(secrets.get("db/..", "outside")).isEmpty();
  }
}
