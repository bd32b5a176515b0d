package dev.lettershop.template.html.check;

import java.util.ArrayList;
import java.util.List;

/** What every HTML mail begins with. */
final class DocumentCheck implements MailCheck {
  @Override
  public void check(CheckedMail mail, FindingCollector found) {
    if (mail.isFragment()) {
      return;
    }
    List<String> missing = new ArrayList<>();
    if (mail.document().doctype() == null) {
      missing.add("no doctype");
    }
    if (mail.document().document().select("html[lang]").isEmpty()) {
      missing.add("no language");
    }
    if (mail.document().document().select("meta[name=viewport]").isEmpty()) {
      missing.add("no viewport");
    }
    if (!missing.isEmpty()) {
      found.hint(
          "document",
          0,
          "",
          "the HTML has " + String.join(", ", missing).replaceFirst(", (no \\w+)$", " and $1"),
          "begin with <!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta"
              + " name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    }
  }
}
