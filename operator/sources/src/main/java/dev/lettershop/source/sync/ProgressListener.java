package dev.lettershop.source.sync;

/** Is told how far a sync has come, about once per thousand records, on the sync's own thread. */
@FunctionalInterface
public interface ProgressListener {
  /** Listens to nothing. */
  ProgressListener SILENT = (source, records, rejected) -> {};

  /**
   * @param source the ProfileSource's name
   * @param records how many have been read so far, the rejected ones among them
   * @param rejected how many could not be used so far
   */
  void progressed(String source, long records, long rejected);
}
