package dev.lettershop.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of which Secret a Pod that reads a source can see. */
class SecretFilesTest {
  private static SecretFiles of(String kind) {
    String manifests =
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileStore
        metadata: {name: default, namespace: shop}
        spec:
          postgresql: {host: db, database: shop, credentialsSecretRef: {name: db}}
          encryption: {keysetSecretRef: {name: pii-keys, key: keyset.json}}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: crm}
        spec:
          identity: {key: id}
          %s
        """
            .formatted(kind);
    ResourceSet resources =
        ResourceSet.builder().add(ResourceParser.parse("shop.yaml", manifests)).build();
    SourcePlan plan = new PlanCompiler(resources).source("crm").value();
    assertThat(plan)
        .as(new PlanCompiler(resources).source("crm").diagnostics().toString())
        .isNotNull();
    return new SecretFiles().add(plan);
  }

  private static Map<String, String> mounted(SecretFiles files) {
    Map<String, String> keys = new TreeMap<>();
    files
        .volumes()
        .forEach(
            volume ->
                keys.put(
                    volume.getSecret().getSecretName(),
                    volume.getSecret().getItems().stream()
                        .map(KeyToPath::getKey)
                        .collect(Collectors.joining(" "))));
    return keys;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc: {url: 'jdbc:postgresql://db/crm', table: a, credentialsSecretRef: {name: x}}"
            + " | password username",
        "http: {url: 'https://a.example', auth: {type: Bearer, credentialsSecretRef: {name: x}}}"
            + " | token",
        "http: {url: 'https://a.example', auth: {type: Basic, credentialsSecretRef: {name: x}}}"
            + " | password username",
        "http: {url: 'https://a.example', auth: {type: OAuth2ClientCredentials, tokenUrl:"
            + " 'https://a.example/t', credentialsSecretRef: {name: x}}}"
            + " | clientId clientSecret",
        "kafka: {bootstrapServers: ['a:1'], topic: a, credentialsSecretRef: {name: x}, caSecretRef:"
            + " {name: x, key: ca.crt}} | ca.crt password username",
        "mongodb: {uriSecretRef: {name: x, key: uri}, database: a, collection: b} | uri"
      })
  void onlyTheKeysThatASourceNeedsAreMounted(String kind, String keys) {
    assertThat(mounted(of(kind)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("db", "password username", "pii-keys", "keyset.json", "x", keys));
  }

  @Test
  void eachSecretIsAFolderThatCanOnlyBeRead() {
    SecretFiles files =
        of(
            "jdbc: {url: 'jdbc:postgresql://db/crm', table: a, credentialsSecretRef: {name: x},"
                + " tls: {caSecretRef: {name: ca, key: ca.crt}}}");

    assertThat(files.mounts())
        .extracting(VolumeMount::getMountPath)
        .containsExactly(
            "/etc/lettershop/secrets/ca",
            "/etc/lettershop/secrets/db",
            "/etc/lettershop/secrets/pii-keys",
            "/etc/lettershop/secrets/x");
    assertThat(files.mounts()).allMatch(VolumeMount::getReadOnly);
    assertThat(files.mounts())
        .extracting(VolumeMount::getName)
        .containsExactlyElementsOf(
            files.volumes().stream().map(volume -> volume.getName()).toList());
    assertThat(files.volumes())
        .allMatch(volume -> volume.getSecret().getDefaultMode() == SecretFiles.MODE);
  }
}
