package dev.lettershop.delivery.bounce;

import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** What a mail system wrote for people, without the mail that it quotes. */
final class NoticeText {
  /** Where servers begin to quote the mail, whose words must not count. */
  private static final Pattern QUOTE =
      Pattern.compile(
          "(?im)^[ \\t|>]{0,5}(-{2,}.{0,40}(original|copy of|returned (message|mail)|below"
              + "|unsent message|message (header|text)|header of).*"
              + "|-{0,9} ?(this|here|below|included) is a copy.*"
              + "|(original message|message headers) follows?\\b.*|original message:?\\s*$"
              + "|the header of the original.*|your message reads.*|-{3,} ?(start|begin).*"
              + "|return-path:.*|received:.*)$");

  /** The subject of the mail, which servers like to repeat. */
  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?im)^[ \\t]*(the )?(message )?(subject|betreff|objet|asunto|oggetto)\\b.*$");

  private NoticeText() {}

  static String ofHtml(String html) {
    return ofText(Jsoup.parse(html).wholeText());
  }

  static String ofText(String text) {
    String own = QUOTE.split(text.replace("\r\n", "\n"), 2)[0];
    return SUBJECT.matcher(own).replaceAll(" ").replaceAll("[ \\t]*\n[ \\t]*(?=\\S)", " ").strip();
  }
}
