package dev.lettershop.collector.http;

/** A part of the collector that answers requests. */
public interface Feature extends AutoCloseable {
  /** Called once, before the first request. */
  void register(Routes routes);

  /**
   * Whether the feature can do its work now; asked by the readiness probe, so it must not wait.
   *
   * @return why not, without personal data, or null
   */
  default String notReady() {
    return null;
  }

  /** Ends what runs in the background. Every request has been answered by then. */
  @Override
  default void close() {}
}
