package dev.lettershop.store.load.event;

/**
 * Says that an anonymous id belongs to a user.
 *
 * @param position where it was said, for quarantine
 * @param user value of the source's identity key
 * @param visitor an anonymous id
 */
public record VisitorLink(String position, String user, String visitor) {
  @Override
  public String toString() {
    return "VisitorLink[" + position + "]";
  }
}
