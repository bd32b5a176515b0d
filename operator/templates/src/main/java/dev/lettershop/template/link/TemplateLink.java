package dev.lettershop.template.link;

import dev.lettershop.template.value.UrlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where a link of a template leads.
 *
 * @param address what the author wrote, in pieces, as it may stand in an address; the first one is
 *     empty when the address begins with a slot, and holds scheme and host otherwise
 * @param slots for each gap between two pieces, the slot whose text stands there; empty for a value
 *     of the recipient
 */
public record TemplateLink(List<String> address, List<String> slots) {
  public TemplateLink {
    address = address == null ? List.of("") : List.copyOf(address);
    slots = slots == null ? Collections.nCopies(address.size() - 1, "") : List.copyOf(slots);
  }

  /** Whether the address begins with the text of that slot. */
  public boolean beginsWith(String slot) {
    return address.get(0).isEmpty() && !slots.isEmpty() && slots.get(0).equals(slot);
  }

  /** The slots whose text stands in the address, in order; one may come twice. */
  public List<String> content() {
    return slots.stream().filter(slot -> !slot.isEmpty()).toList();
  }

  /**
   * The address with the texts of its slots, in pieces: between two of them goes a value of the
   * recipient. Empty when that is not the address of a page, or does not say to which host it
   * leads.
   *
   * @param texts as many as {@link #content()}
   */
  public Optional<List<String>> with(List<String> texts) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder(address.get(0));
    int text = 0;
    for (int gap = 0; gap < slots.size(); gap++) {
      if (slots.get(gap).isEmpty()) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else {
        String shown = texts.get(text++);
        piece.append(piece.isEmpty() && pieces.isEmpty() ? shown.strip() : UrlText.escape(shown));
      }
      piece.append(address.get(gap + 1));
    }
    pieces.add(piece.toString());
    return WebAddress.of(pieces.get(0), pieces.size() == 1)
        .map(
            first -> {
              pieces.set(0, first);
              return List.copyOf(pieces);
            });
  }
}
