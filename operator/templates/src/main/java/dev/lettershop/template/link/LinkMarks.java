package dev.lettershop.template.link;

import dev.lettershop.template.value.UrlText;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.parser.Parser;

/**
 * The marks that a compiled template has around addresses. They are control characters, which
 * values of people never bring into HTML; whatever else they bring into a text reads as text.
 *
 * <p>A marked address is {@code LINK number ADDRESS piece ((VALUE value | SLOT text) VALUE piece)*
 * END}.
 */
public final class LinkMarks {
  static final char LINK = '\u0001';
  static final char ADDRESS = '\u0002';
  static final char VALUE = '\u0003';
  static final char END = '\u0004';

  /** Stands where the image goes. */
  static final char IMAGE = '\u0005';

  /** Begins the text of a slot. */
  static final char SLOT = '\u0006';

  private static final String IMAGE_BEFORE = "<img src=\"";
  private static final String IMAGE_AFTER =
      "\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">";

  private LinkMarks() {}

  /** The address without its marks, as the author wrote it. */
  public static String bare(String marked) {
    int address = marked.indexOf(ADDRESS);
    if (marked.isEmpty() || marked.charAt(0) != LINK || address < 0) {
      return marked;
    }
    StringBuilder bare = new StringBuilder(marked.length());
    for (int i = address + 1; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c != VALUE && c != SLOT && c != END) {
        bare.append(c);
      }
    }
    return bare.toString();
  }

  /** Whether an address is marked. */
  public static boolean isMarked(String address) {
    return !address.isEmpty() && address.charAt(0) == LINK;
  }

  /**
   * A rendered part of a mail with addresses in place of marks.
   *
   * @param html whether values in addresses are escaped for HTML
   * @param links null to leave all addresses as they are, and the image out
   */
  public static String resolve(String rendered, boolean html, RecordedLinks links) {
    int at = rendered.indexOf(LINK);
    int image = html ? rendered.indexOf(IMAGE) : -1;
    if (at < 0 && image < 0) {
      return rendered;
    }
    StringBuilder out = new StringBuilder(rendered.length() + 256);
    int from = 0;
    while (at >= 0) {
      int end = rendered.indexOf(END, at);
      if (end < 0) {
        break;
      }
      // The nearest one: a text may hold others, which nothing ends.
      int begin = rendered.lastIndexOf(LINK, end);
      out.append(rendered.substring(from, begin))
          .append(address(rendered.substring(begin + 1, end), html, links));
      from = end + 1;
      at = rendered.indexOf(LINK, from);
    }
    out.append(rendered.substring(from));
    if (image >= 0) {
      image(out, links);
    }
    return out.toString();
  }

  private static void image(StringBuilder out, RecordedLinks links) {
    int at = out.lastIndexOf(String.valueOf(IMAGE));
    String source = links == null ? null : links.open();
    out.replace(at, at + 1, source == null ? "" : IMAGE_BEFORE + source + IMAGE_AFTER);
  }

  private static String address(String marked, boolean html, RecordedLinks links) {
    int address = marked.indexOf(ADDRESS);
    int link = address < 0 ? -1 : number(marked, address);
    String written = address < 0 ? marked : marked.substring(address + 1);
    StringBuilder whole = new StringBuilder(written.length());
    List<String> content = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int from = 0;
    for (int gap = gap(written, 0); gap >= 0; gap = gap(written, from)) {
      int end = written.indexOf(VALUE, gap + 1);
      end = end < 0 ? written.length() : end;
      String shown = written.substring(gap + 1, end);
      whole.append(written.substring(from, gap)).append(shown);
      String text = html ? unescaped(shown) : shown;
      if (written.charAt(gap) == SLOT) {
        content.add(text);
      } else {
        values.add(UrlText.escape(text));
      }
      from = Math.min(end + 1, written.length());
    }
    String recorded = links == null || link < 0 ? null : links.click(link, content, values);
    return recorded == null ? whole.append(written.substring(from)).toString() : recorded;
  }

  /** Where the next gap between pieces begins; -1 for nowhere. */
  private static int gap(String written, int from) {
    int value = written.indexOf(VALUE, from);
    int slot = written.indexOf(SLOT, from);
    return value < 0 || slot < 0 ? Math.max(value, slot) : Math.min(value, slot);
  }

  private static String unescaped(String value) {
    return value.indexOf('&') < 0 ? value : Parser.unescapeEntities(value, true);
  }

  /** -1 for what is not a number of a link. */
  private static int number(String text, int end) {
    int number = 0;
    for (int i = 0; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > 9999) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return end == 0 ? -1 : number;
  }
}
