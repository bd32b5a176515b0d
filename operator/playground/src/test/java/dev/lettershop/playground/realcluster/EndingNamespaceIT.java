package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace that is deleted while a run is under way goes, and all that is in it. */
@Tag("cluster")
class EndingNamespaceIT {
  @TempDir Path scratch;

  @Test
  void aNamespaceThatIsDeletedInTheMiddleOfARunGoes() throws Exception {
    try (Shop shop = Shop.open(scratch)) {
      shop.apply(
          ShopResources.surroundings(
              new ShopResources.Place("db.example", 5432),
              "shop",
              new ShopResources.Place("mail.example", 25)));
      shop.apply(ShopResources.campaign("weekly"));
      shop.await("campaigns", "weekly", "Ready", "True");
      shop.apply(ShopResources.run("weekly-now", "weekly"));
      shop.createJobFrom("weekly", "weekly-second");
      Shop.within(60, "Pods are there").until(() -> !shop.podsOf("weekly-now").isEmpty());
      String name = shop.namespace().name();

      shop.client().namespaces().withName(name).delete();

      Shop.within(60, "the namespace is gone")
          .until(() -> shop.client().namespaces().withName(name).get() == null);
      assertThat(shop.controller().log()).doesNotContain("InternalError");
    }
  }
}
