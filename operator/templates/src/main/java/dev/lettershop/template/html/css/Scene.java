package dev.lettershop.template.html.css;

import org.jsoup.nodes.Element;

/** What a selector's answer can depend on besides elements and attributes. */
public interface Scene {

  /** Whether the document is read as those of old, where names of classes ignore case. */
  boolean quirks();

  /** Whether tags of the template decide which children an element has. */
  boolean hasChangingChildren(Element parent);

  /** Whether sections begin in one element and end in another, so that nesting is not known. */
  boolean isInterlocked();
}
