package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Brings desired objects to the API server. Thread-safe; never changes what it is given. */
public final class Applier {
  private static final int TRIES = 5;
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;
  private final OwnWrites written;

  /**
   * @param written told of every object that is made or changed
   */
  public Applier(KubernetesClient client, OwnWrites written) {
    this.client = client;
    this.written = written;
  }

  /**
   * Makes the object, or changes it where it is other than desired. An existing one is only touched
   * when it is ours: it has our label and, if the desired object is controlled by an owner, the
   * same owner. Of a Job only {@code suspend} is changed, of an immutable ConfigMap nothing: its
   * name stands for its content. A custom resource is only made: once it is there, its spec is its
   * users'.
   *
   * @param actual as a cache has it; empty when it has none. May be out of date
   * @throws KubernetesClientException when the server cannot be reached or does not allow it
   */
  public <T extends HasMetadata> Applied<T> apply(T desired, Optional<? extends T> actual) {
    return apply(desired, actual, TRIES);
  }

  /**
   * The same, but only for the very object that was looked at: when that is no longer as it was,
   * nothing is changed. For objects of which a change can be right or wrong depending on what they
   * were before.
   *
   * @param actual what the change was decided on; empty when there was none
   * @throws KubernetesClientException also with code 409 or 404 when it has changed meanwhile, so
   *     that the caller has to look and decide again
   */
  public <T extends HasMetadata> Applied<T> applyTo(T desired, Optional<? extends T> actual) {
    return apply(desired, actual, 1);
  }

  /** Whether an object was last applied just as it is desired now. */
  public static boolean wasDesired(HasMetadata desired, HasMetadata actual) {
    return LastApplied.isOn(actual, desired);
  }

  private <T extends HasMetadata> Applied<T> apply(
      T desired, Optional<? extends T> actual, int tries) {
    T wish = isChangedAsAWhole(desired) ? LastApplied.stamped(desired) : desired;
    T found = actual.orElse(null);
    for (int attempt = 1; ; attempt++) {
      try {
        return found == null
            ? new Applied.Created<>(written.remember(client.resource(wish).create()))
            : adopt(wish, found);
      } catch (KubernetesClientException e) {
        if (isInvalid(e)) {
          return new Applied.Refused<>(
              desired.getKind(), desired.getMetadata().getName(), message(e));
        }
        if (!isOutOfDate(e)) {
          throw e;
        }
        T live = client.resource(wish).get();
        if (attempt == tries && (live == null || Ownership.isOurs(live, wish))) {
          throw e;
        }
        found = live;
      }
    }
  }

  /** Pauses or resumes this very Job; does nothing when it is gone. */
  public void suspend(Job job, boolean suspended) {
    if (isSuspended(job) != suspended) {
      suspendByUid(job, suspended);
    }
  }

  /** Pauses this very CronJob; does nothing when it is gone. */
  public void pause(CronJob cronJob) {
    if (!Boolean.TRUE.equals(cronJob.getSpec().getSuspend())) {
      suspendByUid(cronJob, true);
    }
  }

  /**
   * With its uid in the patch, the server refuses to change another one of the same name. What was
   * wished for before no longer holds, so the mark of it goes.
   */
  private void suspendByUid(HasMetadata object, boolean suspended) {
    String patch =
        "{\"metadata\":{\"uid\":\"%s\",\"annotations\":{\"%s\":null}},\"spec\":{\"suspend\":%s}}"
            .formatted(object.getMetadata().getUid(), LastApplied.APPLIED, suspended);
    try {
      client.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    } catch (KubernetesClientException e) {
      if (!isOutOfDate(e)) {
        throw e;
      }
    }
  }

  private <T extends HasMetadata> Applied<T> adopt(T wish, T found) {
    if (!Ownership.isOurs(found, wish) || found.getMetadata().getDeletionTimestamp() != null) {
      return new Applied.Conflict<>(
          wish.getKind(), wish.getMetadata().getName(), Ownership.isVanishing(found, wish));
    }
    if (!needsUpdate(found, wish)) {
      return new Applied.Unchanged<>(found);
    }
    return new Applied.Updated<>(
        written.remember(
            client
                .resource(updated(found, wish))
                .lockResourceVersion(found.getMetadata().getResourceVersion())
                .update()));
  }

  private static boolean needsUpdate(HasMetadata found, HasMetadata wish) {
    if (found instanceof Job job && wish instanceof Job desired) {
      return isSuspended(job) != isSuspended(desired);
    }
    return isChangedAsAWhole(wish) && Difference.between(found, wish);
  }

  @SuppressWarnings("unchecked")
  private static <T extends HasMetadata> T updated(T found, T wish) {
    return found instanceof Job job
        ? (T) Merged.of(job, isSuspended((Job) wish))
        : Merged.of(found, wish);
  }

  private static boolean isChangedAsAWhole(HasMetadata object) {
    return !(object instanceof Job)
        && !(object instanceof CustomResource)
        && !(object instanceof ConfigMap map && Boolean.TRUE.equals(map.getImmutable()));
  }

  private static boolean isSuspended(Job job) {
    return Boolean.TRUE.equals(job.getSpec().getSuspend());
  }

  /** It exists though the cache had none, or was changed or deleted since the cache saw it. */
  private static boolean isOutOfDate(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT
        || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  private static boolean isInvalid(KubernetesClientException e) {
    return e.getCode() == UNPROCESSABLE || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST;
  }

  private static String message(KubernetesClientException e) {
    return e.getStatus() != null && e.getStatus().getMessage() != null
        ? e.getStatus().getMessage()
        : "The API server answered " + e.getCode();
  }
}
