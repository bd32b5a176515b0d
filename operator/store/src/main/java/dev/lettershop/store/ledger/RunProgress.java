package dev.lettershop.store.ledger;

/**
 * How far a run is, from a handful of rows: cheap enough to ask every second.
 *
 * @param selected people whom the freeze planned to mail
 * @param skipped of these, who was skipped since
 */
public record RunProgress(
    long selected, long sent, long failed, long skipped, long uncertain, long deferrals) {

  /** Recipients about whom all is said. */
  public long done() {
    return sent + failed + skipped + uncertain;
  }
}
