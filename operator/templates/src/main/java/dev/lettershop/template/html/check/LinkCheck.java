package dev.lettershop.template.html.check;

import dev.lettershop.template.html.css.Marks;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Addresses that a mail leads to or loads. */
final class LinkCheck implements MailCheck {
  private static final Set<String> SHORTENERS =
      Set.of(
          "bit.ly",
          "tinyurl.com",
          "t.co",
          "goo.gl",
          "ow.ly",
          "is.gd",
          "buff.ly",
          "cutt.ly",
          "rebrand.ly",
          "shorturl.at",
          "rb.gy");
  private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):");
  private static final Pattern HOST = Pattern.compile("^(?:https?:)?//(?:[^/@]*@)?([^/:?#]+)");
  private static final Pattern SHOWN_HOST =
      Pattern.compile("^(?:https?://)?((?:[a-z0-9-]++\\.)++[a-z]{2,})(?:[/?#:].*+)?$");
  private static final Pattern IP = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}+|\\[.*+");

  @Override
  public void check(CheckedMail mail, FindingCollector found) {
    for (Element element : mail.document().elements()) {
      switch (element.normalName()) {
        case "a", "area" -> link(element, mail, found);
        case "img", "input", "source" -> loaded(element, "src", mail, found);
        case "table", "td", "th", "body" -> loaded(element, "background", mail, found);
        default -> {
          if (element.normalName().startsWith("v:")) {
            // Shapes that Outlook draws.
            link(element, mail, found);
            loaded(element, "src", mail, found);
          }
        }
      }
    }
  }

  private static void link(Element element, CheckedMail mail, FindingCollector found) {
    if (!element.hasAttr("href")) {
      return;
    }
    String href = CheckedMail.attribute(element, "href");
    if (CheckedMail.beginsWithTag(href)) {
      return;
    }
    if (href.isEmpty() || href.equals("#")) {
      found.warning(
          "empty-link",
          mail.offset(element),
          href.isEmpty() ? "" : "href=\"#\"",
          "a link leads nowhere",
          "write the address that it should lead to");
      return;
    }
    if (snippet(href).strip().matches("(?s)\\S*+\\s++\\S.*+")) {
      found.warning(
          "link-space",
          mail.offset(element),
          snippet(href),
          "an address has white space in it, which some mail clients end it at",
          "write %20, or remove it");
    }
    if (!href.startsWith("#")) {
      address("link", element, href, mail, found);
      host(element, href, mail, found);
    }
  }

  private static void loaded(
      Element element, String attribute, CheckedMail mail, FindingCollector found) {
    String address = CheckedMail.attribute(element, attribute);
    if (!address.isEmpty() && !CheckedMail.beginsWithTag(address)) {
      address("image", element, address, mail, found);
    }
  }

  private static void address(
      String what, Element element, String address, CheckedMail mail, FindingCollector found) {
    Matcher scheme = SCHEME.matcher(address);
    String name = scheme.find() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
    int offset = mail.offset(element);
    if (name.equals("http")) {
      found.warning(
          "insecure-link",
          offset,
          snippet(address),
          (what.equals("link") ? "a link" : "an image") + " has an address without https",
          "write https://");
    } else if (name.isEmpty() && !address.startsWith("//")) {
      found.warning(
          "relative-link",
          offset,
          snippet(address),
          (what.equals("link") ? "a link" : "an image")
              + " has an address without a host, which means nothing in a mail",
          "begin the address with https:// and your host");
    } else if (address.startsWith("//")) {
      found.warning(
          "relative-link",
          offset,
          snippet(address),
          "an address begins with //, which some mail clients take for a file",
          "write https://");
    }
  }

  private static void host(Element element, String href, CheckedMail mail, FindingCollector found) {
    Matcher match = HOST.matcher(href);
    if (!match.find() || Marks.in(match.group(1))) {
      return;
    }
    String host = match.group(1).toLowerCase(Locale.ROOT);
    int offset = mail.offset(element);
    if (SHORTENERS.contains(host)) {
      found.warning(
          "link-shortener",
          offset,
          snippet(href),
          "the address is one of " + host + ", which filters take for hiding where it leads",
          "link to the page itself");
    } else if (IP.matcher(host).matches()) {
      found.warning(
          "link-address",
          offset,
          snippet(href),
          "the address names a machine by number, as mails of thieves do",
          "use the host's name");
    }
    Matcher shown = SHOWN_HOST.matcher(element.text().strip().toLowerCase(Locale.ROOT));
    if (shown.matches() && !sameSite(shown.group(1), host)) {
      found.warning(
          "link-mismatch",
          offset,
          snippet(href),
          "the text shows an address at " + shown.group(1) + ", but the link leads to " + host,
          "show the address that it leads to, or words");
    }
  }

  private static boolean sameSite(String shown, String host) {
    return shown.equals(host)
        || shown.endsWith("." + host)
        || host.endsWith("." + shown)
        || site(shown).equals(site(host));
  }

  private static String site(String host) {
    String[] parts = host.split("\\.");
    return parts.length < 2 ? host : parts[parts.length - 2] + "." + parts[parts.length - 1];
  }

  /** What the author has written of an address: all of it up to the first tag. */
  private static String snippet(String address) {
    int mark = address.indexOf(Marks.BEGIN);
    return mark < 0 ? address : address.substring(0, mark);
  }
}
