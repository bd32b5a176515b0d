package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.controller.reconcile.Failure;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to Jobs when their Pods are deleted, with their namespace or without. */
class EndingNamespacesTest {
  private Cluster cluster;
  private Reconciling reconciling;
  private Namespace shop;

  @BeforeEach
  void aRunUnderWay() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
    shop = Namespace.create(cluster.server());
    shop.apply(Shop.SURROUNDINGS);
    shop.apply(Shop.unscheduled());
    shop.awaitReady("news");
    shop.apply(Shop.run("now"));
    new Workers(shop).start("now", 0);
  }

  @AfterEach
  void stop() {
    reconciling.close();
    cluster.close();
  }

  /** As Kubernetes does, which deletes Pods first and waits for them. */
  @Test
  void aNamespaceThatEndsGetsRidOfTheJobsThatItsPodsWaitFor() {
    endNamespace();

    deletePods();

    eventually(() -> assertThat(shop.job("now")).isNull());
  }

  @Test
  void whatCannotBeMadeInANamespaceThatEndsIsNoFailure() {
    endNamespace();
    long mark = shop.mark();

    shop.patch(Campaign.class, "news", "{\"spec\":{\"from\":{\"name\":\"Somebody else\"}}}");

    eventually(
        () ->
            assertThat(shop.writesSince(mark))
                .filteredOn(write -> write.path().contains("/configmaps"))
                .isNotEmpty()
                .allMatch(write -> write.code() == 403));
    reconciling.awaitQuiet(shop.name());
    assertThat(reconciling.failures(Campaign.class, Failure.RETRYING)).isZero();
    assertThat(reconciling.failures(Campaign.class, Failure.INTERNAL)).isZero();
  }

  private void endNamespace() {
    shop.client()
        .namespaces()
        .withName(shop.name())
        .edit(
            namespace -> {
              namespace.getMetadata().setFinalizers(List.of("shop.example/contents"));
              return namespace;
            });
    shop.client().namespaces().withName(shop.name()).delete();
    assertThat(shop.client().namespaces().withName(shop.name()).get().isMarkedForDeletion())
        .isTrue();
  }

  @Test
  void aPodThatIsDeletedForAnotherReasonLeavesItsJobAlone() {
    deletePods();

    reconciling.awaitQuiet(shop.name());
    assertThat(shop.job("now")).isNotNull();
    assertThat(shop.run("now").getStatus().completionTime()).isNull();
  }

  private void deletePods() {
    for (Pod pod : shop.list(Pod.class)) {
      shop.client().resource(pod).delete();
    }
  }
}
