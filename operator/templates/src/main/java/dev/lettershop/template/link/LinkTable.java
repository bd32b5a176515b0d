package dev.lettershop.template.link;

import java.util.ArrayList;
import java.util.List;

/** The links of one template, in all its languages, by number. */
public final class LinkTable {
  /** Most links of a template. */
  public static final int MOST = 5_000;

  private final List<TemplateLink> links = new ArrayList<>();

  /** The number of a link at a place of its own. */
  int add(TemplateLink link) {
    links.add(link);
    return links.size() - 1;
  }

  /** The number of a link that leads where another one does, if there is one. */
  int same(TemplateLink link) {
    int known = links.indexOf(link);
    return known < 0 ? add(link) : known;
  }

  /** Whether an address begins with the value of that slot. */
  boolean beginsWith(String slot) {
    return links.stream().anyMatch(link -> link.beginsWith(slot));
  }

  /** All of them; the index is the number. */
  public List<TemplateLink> links() {
    return List.copyOf(links);
  }
}
