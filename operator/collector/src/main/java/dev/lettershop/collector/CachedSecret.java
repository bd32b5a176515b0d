package dev.lettershop.collector;

import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.worker.access.Secrets;
import java.util.function.Supplier;

/**
 * The text of a Secret's key, read again after a while, since Secrets are rotated; empty while
 * there is none. Thread-safe.
 */
final class CachedSecret implements Supplier<String> {
  private static final long NANOS = 10_000_000_000L;

  private final Secrets secrets;
  private final SecretKeyRef ref;
  private volatile Read last;

  private record Read(String text, long at) {}

  /**
   * @param ref null for a secret that is always empty
   */
  CachedSecret(Secrets secrets, SecretKeyRef ref) {
    this.secrets = secrets;
    this.ref = ref;
  }

  @Override
  public String get() {
    if (ref == null) {
      return "";
    }
    Read read = last;
    long now = System.nanoTime();
    if (read == null || now - read.at() > NANOS) {
      read = new Read(secrets.text(ref.name(), ref.key()).orElse(""), now);
      last = read;
    }
    return read.text();
  }
}
