package dev.lettershop.store.ledger;

/**
 * How far a lease has come on its way through the run's rows: from its start to the end, then from
 * the beginning to its start. Rows behind it that become open again are found by their due time; a
 * new round now and then finds what slipped through (a row that was locked when it came by).
 * Guarded by its owner.
 */
final class LeaseCursor {

  private static final int EMPTY_CLAIMS_A_ROUND = 16;

  private final long start;
  private long after;
  private long before = Long.MAX_VALUE;
  private boolean ended;
  private int emptyClaims;

  LeaseCursor(long start) {
    this.start = start;
    this.after = start - 1;
  }

  boolean ended() {
    return ended;
  }

  /** Rows with a larger profile id than this come next. */
  long after() {
    return after;
  }

  /** Only rows with a smaller profile id than this. */
  long before() {
    return before;
  }

  void cameTo(long profileId) {
    after = profileId;
  }

  /** Nothing is left in this half. */
  void cameToEnd() {
    if (before == Long.MAX_VALUE) {
      before = start;
      after = Long.MIN_VALUE;
    } else {
      ended = true;
    }
  }

  /** A claim found nothing anywhere. */
  void foundNothing() {
    if (emptyClaims++ % EMPTY_CLAIMS_A_ROUND == 0) {
      ended = false;
      before = Long.MAX_VALUE;
      after = start - 1;
    }
  }
}
