package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whose an existing object is. */
final class Ownership {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private Ownership() {}

  /** Whether the object was made for the same owner, by us; one without an owner, by us. */
  static boolean isOurs(HasMetadata actual, HasMetadata desired) {
    return managedBy(actual) != null
        && managedBy(actual).equals(managedBy(desired))
        && Objects.equals(uid(actual), uid(desired));
  }

  /**
   * Whether it goes by itself: it is being deleted, or was made for an earlier owner of the same
   * name, with whom the garbage collector removes it.
   */
  static boolean isVanishing(HasMetadata actual, HasMetadata desired) {
    if (actual.getMetadata().getDeletionTimestamp() != null) {
      return true;
    }
    Optional<OwnerReference> theirs = controller(actual);
    Optional<OwnerReference> ours = controller(desired);
    return theirs.isPresent()
        && ours.isPresent()
        && theirs.get().getKind().equals(ours.get().getKind())
        && theirs.get().getName().equals(ours.get().getName())
        && !theirs.get().getUid().equals(ours.get().getUid());
  }

  private static String managedBy(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(MANAGED_BY);
  }

  private static String uid(HasMetadata object) {
    return controller(object).map(OwnerReference::getUid).orElse(null);
  }

  private static Optional<OwnerReference> controller(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }
}
