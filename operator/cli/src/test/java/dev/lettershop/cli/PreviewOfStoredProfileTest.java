package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewOfStoredProfileTest {
  @TempDir static Path folder;
  private static Path manifests;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void fill() throws Exception {
    TestShop shop = new TestShop(folder.resolve("pods"), 1, 5);
    assertThat(new PodCommand(shop, null, folder).call("sync").exitCode()).isZero();
    manifests = folder.resolve("shop.yaml");
    Files.writeString(manifests, shop.manifestsWithSecret());
  }

  private int render(String profile, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("render", "-f", manifests.toString(), "campaign/hello", "-o", "eml"));
    words.addAll(List.of("--profile", profile));
    words.addAll(List.of(more));
    return LettershopCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words.toArray(String[]::new));
  }

  @Test
  void personalDataIsCoveredUnlessAskedFor() {
    assertThat(render("email=zebulon.4@people.example")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("To: masked@example.com")
        .doesNotContainIgnoringCase("zebulon");

    assertThat(render("email=zebulon.4@people.example", "--show-personal-data")).isZero();
    assertThat(out.toString()).contains("To: zebulon.4@people.example", "Zebulon");
  }

  @Test
  void aProfileThatThereIsNotIsSaidSo() {
    assertThat(render("999999")).isEqualTo(2);
    assertThat(err.toString()).contains("The store has no such profile");
  }
}
