package dev.lettershop.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespacesTest {
  @Test
  void withoutASettingItIsTheOwnOne() {
    assertThat(Namespaces.of(null, "shop").names()).containsExactly("shop");
    assertThat(Namespaces.of(" ", "shop").names()).containsExactly("shop");
  }

  @Test
  void namesAreSeparatedByCommas() {
    assertThat(Namespaces.of("a, b,,c", "shop").names()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aStarMeansAll() {
    assertThat(Namespaces.of("a,*", "shop").isAll()).isTrue();
  }
}
