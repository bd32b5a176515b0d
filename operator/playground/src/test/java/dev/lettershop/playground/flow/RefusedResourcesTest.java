package dev.lettershop.playground.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lettershop.kubesim.Cluster;
import dev.lettershop.playground.realcluster.SchemaFile;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What an API server refuses, lint finds, with the same field and the same words; what it takes has
 * no finding of the schema. That a real API server agrees is held where there is one.
 */
class RefusedResourcesTest {
  private static Cluster cluster;
  private static Namespace shop;

  @BeforeAll
  static void start() {
    cluster = Cluster.builder().start();
    shop = Namespace.create(cluster.server());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** Changes of a resource and of its status are left out: lint sees neither. */
  @TestFactory
  Stream<DynamicTest> lintFindsWhatTheServerRefuses() throws IOException {
    List<SchemaFile> files =
        SchemaFile.all().stream()
            .filter(file -> !file.valid() && file.old() == null && !file.resource().has("status"))
            .toList();
    assertThat(files).hasSizeGreaterThan(100);
    return files.stream().map(file -> DynamicTest.dynamicTest(file.name(), () -> assertSame(file)));
  }

  private static void assertSame(SchemaFile file) throws IOException {
    String manifest = file.resource().toString();

    KubernetesClientException refused =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> shop.client().raw(path(file.plural()), "POST", manifest));
    Linted linted = Linted.of(manifest);

    assertThat(refused).as("the server's answer").isNotNull();
    assertThat(refused.getCode()).isIn(400, 422);
    assertThat(linted.exitCode()).isEqualTo(1);
    assertThat(file.expected())
        .allSatisfy(
            part -> assertThat(linted.findings()).anyMatch(finding -> finding.contains(part)));
  }

  private static String path(String plural) {
    return "/apis/lettershop.dev/v1alpha1/namespaces/" + shop.name() + "/" + plural;
  }
}
