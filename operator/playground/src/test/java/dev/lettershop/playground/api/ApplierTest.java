package dev.lettershop.playground.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplierTest {
  private static final ResourceKind SEGMENT = ResourceKinds.called("seg").get(0);
  private static final String VIP =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: vip, labels: {team: post}}
      spec: {expression: "profile.city == 'Ulm'"}
      """;

  private InMemoryApiServer server;
  private ApiClient client;
  private Applier applier;

  @BeforeEach
  void start() {
    server = InMemoryApiServer.start();
    client = ApiClient.of(server.url());
    applier = new Applier(client, client.namespace());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void createsThenChangesThenLeavesAlone() throws IOException {
    assertThat(applier.apply(yaml(VIP))).isEqualTo(Applier.Outcome.created);
    assertThat(applier.apply(yaml(VIP))).isEqualTo(Applier.Outcome.unchanged);
    assertThat(applier.apply(yaml(VIP.replace("Ulm", "Bonn"))))
        .isEqualTo(Applier.Outcome.configured);

    assertThat(vip().at("/spec/expression").asText()).contains("Bonn");
    assertThat(vip().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void keepsWhatOthersHaveWritten() throws IOException {
    applier.apply(yaml(VIP));
    ObjectNode theirs = (ObjectNode) vip();
    ((ObjectNode) theirs.at("/metadata/labels")).put("argo", "yes");
    client.replace(SEGMENT, "default", theirs);

    applier.apply(yaml(VIP.replace("team: post", "tier: gold")));

    assertThat(vip().at("/metadata/labels").toString())
        .contains("\"argo\":\"yes\"", "\"tier\":\"gold\"")
        .doesNotContain("team");
  }

  @Test
  void saysWhatTheServerSaysAgainstIt() {
    assertThatExceptionOfType(ApiFailure.class)
        .isThrownBy(() -> applier.apply(yaml(VIP.replace("expression", "expresion"))))
        .satisfies(
            refusal -> {
              assertThat(refusal.isRefusal()).isTrue();
              assertThat(refusal).hasMessageContaining("spec.expresion");
            });
  }

  @Test
  void storesTheTextsOfSecretsAsAnApiServerWould() throws IOException {
    String secret =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: smtp}
        stringData: {password: hush}
        """;

    applier.apply(yaml(secret));

    JsonNode stored = client.get(ResourceKinds.SECRET, "default", "smtp").orElseThrow();
    assertThat(stored.at("/data/password").asText()).isEqualTo("aHVzaA==");
    assertThat(stored.has("stringData")).isFalse();
    assertThat(applier.apply(yaml(secret))).isEqualTo(Applier.Outcome.unchanged);
  }

  @Test
  void saysWhereNobodyAnswers() {
    String nowhere = "http://127.0.0.1:1";

    try (ApiClient lost = ApiClient.of(nowhere)) {
      assertThatExceptionOfType(ApiFailure.class)
          .isThrownBy(() -> new Applier(lost, "default").apply(yaml(VIP)))
          .withMessageContaining(nowhere)
          .withMessageContaining("does not answer");
    }
  }

  private JsonNode vip() {
    return client.get(SEGMENT, "default", "vip").orElseThrow();
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }
}
