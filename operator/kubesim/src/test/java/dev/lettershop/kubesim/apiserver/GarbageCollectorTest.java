package dev.lettershop.kubesim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GarbageCollectorTest {
  private final InMemoryApiServer server = InMemoryApiServer.start();
  private final KubernetesClient client = server.client();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsOwnedGoesWithItsOwnerAndSoOn() {
    ConfigMap owner = client.resource(map("owner")).create();
    ConfigMap owned = client.resource(map("owned", owner)).create();
    client.resource(map("below", owned)).create();
    client.resource(map("other")).create();

    client.resource(owner).delete();

    soon().untilAsserted(() -> assertThat(names()).containsExactly("other"));
  }

  @Test
  void whatHasAnotherOwnerStays() {
    ConfigMap one = client.resource(map("one")).create();
    ConfigMap two = client.resource(map("two")).create();
    client.resource(map("both", one, two)).create();
    client.resource(map("mark", one)).create();

    client.resource(one).delete();
    soon().until(() -> !names().contains("mark"));

    assertThat(names()).containsExactly("both", "two");
  }

  @Test
  void whatIsMadeForAnOwnerThatIsGoneGoesToo() {
    ConfigMap owner = client.resource(map("owner")).create();
    client.resource(owner).delete();
    client.resource(map("late", owner)).create();

    soon().untilAsserted(() -> assertThat(names()).isEmpty());
  }

  @Test
  void anOwnerThatIsDeletedInTheForegroundGoesLast() {
    ConfigMap owner = client.resource(map("owner")).create();
    ConfigMap held = map("held", owner);
    held.getMetadata().setFinalizers(List.of("shop.example/wait"));
    client.resource(held).create();

    client.resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    soon().until(() -> client.resource(held).get().isMarkedForDeletion());

    assertThat(client.resource(owner).get().isMarkedForDeletion()).isTrue();

    client
        .configMaps()
        .withName("held")
        .edit(
            map -> {
              map.getMetadata().getFinalizers().remove("shop.example/wait");
              return map;
            });

    soon().untilAsserted(() -> assertThat(names()).isEmpty());
  }

  @Test
  void orphansStayAndForgetTheirOwner() {
    ConfigMap owner = client.resource(map("owner")).create();
    client.resource(map("owned", owner)).create();

    client.resource(owner).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
    soon().untilAsserted(() -> assertThat(names()).containsExactly("owned"));

    assertThat(client.configMaps().withName("owned").get().getMetadata().getOwnerReferences())
        .isEmpty();
  }

  private List<String> names() {
    return client.configMaps().list().getItems().stream()
        .map(map -> map.getMetadata().getName())
        .toList();
  }

  private static ConfigMap map(String name, ConfigMap... owners) {
    ConfigMapBuilder map = new ConfigMapBuilder();
    map.withNewMetadata().withName(name).endMetadata();
    for (ConfigMap owner : owners) {
      map.editMetadata()
          .addNewOwnerReference()
          .withApiVersion("v1")
          .withKind("ConfigMap")
          .withName(owner.getMetadata().getName())
          .withUid(owner.getMetadata().getUid())
          .withBlockOwnerDeletion(true)
          .endOwnerReference()
          .endMetadata();
    }
    return map.build();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }
}
