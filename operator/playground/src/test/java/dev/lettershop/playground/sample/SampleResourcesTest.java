package dev.lettershop.playground.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.transport.SmtpTls;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleResourcesTest {
  private static final String TREE = "../..";
  private static final Servers SERVERS =
      new Servers("127.0.0.1", 4711, "shop", "somebody", "secret", "127.0.0.1", 2525);

  @TempDir private Path folder;

  @Test
  void nameTheServersOfThePlaceTheyAreWrittenFor() throws IOException {
    SampleResources.find(TREE).write(folder.resolve("shop"), SERVERS);

    ManifestFiles.Loaded loaded = new ManifestFiles(false).load(List.of(folder.resolve("shop")));
    ResourceSet resources = loaded.resources();
    assertThat(loaded.diagnostics()).isEmpty();
    assertThat(new PlanCompiler(resources).lint()).isEmpty();
    var postgresql = resources.profileStores().get("default").getSpec().postgresql();
    assertThat(postgresql.host() + ":" + postgresql.port() + "/" + postgresql.database())
        .isEqualTo("127.0.0.1:4711/shop");
    assertThat(postgresql.tls().mode()).isEqualTo(TlsMode.Disable);
    var smtp = resources.mailTransports().get("default").getSpec().smtp();
    assertThat(smtp.port()).isEqualTo(2525);
    assertThat(smtp.tls()).isEqualTo(SmtpTls.None);
    assertThat(smtp.credentialsSecretRef()).isNull();
    assertThat(resources.secrets().get("lettershop-db").getStringData())
        .containsEntry("username", "somebody")
        .containsEntry("password", "secret");
  }

  @Test
  void areOtherwiseAsTheyAreWritten() throws IOException {
    SampleResources sample = SampleResources.find(TREE);
    sample.write(folder, SERVERS);

    for (String file : List.of("campaign.yaml", "segments.yaml", "sources.yaml")) {
      assertThat(folder.resolve(file)).hasSameTextualContentAs(sample.folder().resolve(file));
    }
    ResourceSet before = new ManifestFiles(false).load(List.of(sample.folder())).resources();
    ResourceSet after = new ManifestFiles(false).load(List.of(folder)).resources();
    assertThat(after.size()).isEqualTo(before.size());
    assertThat(after.secrets().keySet()).isEqualTo(before.secrets().keySet());
    assertThat(after.profileStores().get("default").getSpec().attributes())
        .isEqualTo(before.profileStores().get("default").getSpec().attributes());
  }

  @Test
  void areMissedByTheirPlace() throws IOException {
    Path nowhere = Files.createDirectories(folder.resolve("nowhere"));

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> SampleResources.find(nowhere.toString()))
        .withMessageContaining("samples/quickstart");
  }
}
