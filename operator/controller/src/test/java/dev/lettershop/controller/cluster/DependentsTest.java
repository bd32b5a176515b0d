package dev.lettershop.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.ResourceRef;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DependentsTest {
  private static final ResourceRef SPRING = new ResourceRef("Campaign", "spring");
  private static final ResourceRef AUTUMN = new ResourceRef("Campaign", "autumn");
  private static final ResourceRef LETTER = new ResourceRef("EmailTemplate", "letter");
  private static final ResourceRef VIP = new ResourceRef("Segment", "vip");

  private final Dependents dependents = new Dependents();

  @Test
  void whoUsesAResourceIsFoundInItsNamespaceOnly() {
    dependents.note("shop", SPRING, Set.of(LETTER, VIP));
    dependents.note("shop", AUTUMN, Set.of(LETTER));

    assertThat(dependents.of("shop", LETTER)).containsExactlyInAnyOrder(SPRING, AUTUMN);
    assertThat(dependents.of("shop", VIP)).containsExactly(SPRING);
    assertThat(dependents.of("other", LETTER)).isEmpty();
  }

  @Test
  void whatIsNoLongerUsedIsForgotten() {
    dependents.note("shop", SPRING, Set.of(LETTER, VIP));
    dependents.note("shop", SPRING, Set.of(VIP));

    assertThat(dependents.of("shop", LETTER)).isEmpty();
    assertThat(dependents.of("shop", VIP)).containsExactly(SPRING);
  }

  @Test
  void whoIsGoneDependsOnNothing() {
    dependents.note("shop", SPRING, Set.of(LETTER));
    dependents.forget("shop", SPRING);

    assertThat(dependents.of("shop", LETTER)).isEmpty();
  }
}
