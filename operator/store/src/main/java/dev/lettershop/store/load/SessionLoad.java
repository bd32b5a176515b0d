package dev.lettershop.store.load;

/** What all loads have in common: the session in which their rows are staged. */
public abstract class SessionLoad<R> implements Load<R> {
  protected final LoadSession session;

  protected SessionLoad(LoadSession session) {
    this.session = session;
  }

  @Override
  public final void quarantine(String position, String field, String reason, String raw) {
    session.quarantine(position, field, reason, raw);
  }

  @Override
  public final void release(long quarantined) {
    session.release(quarantined);
  }

  @Override
  public final long quarantined() {
    return session.quarantined();
  }

  @Override
  public final void readUpTo(SourcePosition position) {
    session.readUpTo(position);
  }

  @Override
  public final void close() {
    session.close();
  }
}
