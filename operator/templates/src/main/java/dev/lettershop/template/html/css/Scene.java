package dev.lettershop.template.html.css;

import org.jsoup.nodes.Element;

/** What a selector's answer can depend on besides elements and attributes. */
public interface Scene {

  /** Whether the document is read as those of old, where names of classes ignore case. */
  boolean quirks();

  /** Whether tags of the template decide which children an element has. */
  boolean hasChangingChildren(Element parent);

  /**
   * An attribute as far as it is the same for everybody: what depends on the recipient is a mark.
   * Empty when there is none; null when the recipient decides whether there is one.
   */
  String fixed(Element element, String attribute);

  /** Whether a client may add what a test asks for, since nothing in the document has it. */
  default boolean mayBeAdded(SimpleSelector test) {
    return false;
  }

  /** Whether sections begin in one element and end in another, so that nesting is not known. */
  boolean isInterlocked();
}
