package dev.lettershop.template.html.inline;

import dev.lettershop.template.html.css.Match;
import dev.lettershop.template.html.css.Scene;
import dev.lettershop.template.html.css.SimpleSelector;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * A mail inside of a client that may put anything around it: elements, classes and attributes that
 * nothing in the mail has.
 */
final class ClientScene implements Scene {
  private final MailDocument mail;
  private final Map<SimpleSelector, Boolean> added = new HashMap<>();

  ClientScene(MailDocument mail) {
    this.mail = mail;
  }

  @Override
  public boolean mayBeAdded(SimpleSelector test) {
    return added.computeIfAbsent(
        test, key -> mail.elements().stream().noneMatch(e -> key.matches(e, mail) != Match.No));
  }

  @Override
  public String fixed(Element element, String attribute) {
    return mail.fixed(element, attribute);
  }

  @Override
  public boolean quirks() {
    return mail.quirks();
  }

  @Override
  public boolean hasChangingChildren(Element parent) {
    return mail.hasChangingChildren(parent);
  }

  @Override
  public boolean isInterlocked() {
    return mail.isInterlocked();
  }
}
