package dev.lettershop.browser;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Mails that others have written, by name: templates and visual tests of Foundation for Emails
 * 2.5.1 (the tests after Inky 1.5.0 has made HTML of them), and Postmark's templates.
 */
final class RealMails {
  private RealMails() {}

  static Map<String, String> all() throws IOException {
    Map<String, String> mails = new TreeMap<>();
    String css = Files.readString(folder().resolve("foundation/foundation-emails.css"));
    String frame =
        """
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
        <html xmlns="http://www.w3.org/1999/xhtml">
        <head>
          <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>Title</title>
        </head>
        <body>
          <style>%s</style>
          <table class="body" data-made-with-foundation>
            <tr><td class="float-center" align="center" valign="top"><center>%s</center></td></tr>
          </table>
        </body>
        </html>
        """;
    for (Path page : html("foundation/pages")) {
      mails.put(
          "foundation/pages/" + page.getFileName(), frame.formatted(css, Files.readString(page)));
    }
    for (Path page : html("foundation/templates")) {
      String style = "<style type=\"text/css\">" + css + "</style>";
      mails.put(
          "foundation/templates/" + page.getFileName(),
          Files.readString(page)
              .replaceFirst("<link rel=\"stylesheet\"[^>]*>", "")
              .replace("</head>", style + "</head>"));
    }
    for (Path page : html("postmark")) {
      mails.put("postmark/" + page.getFileName(), Files.readString(page));
    }
    return mails;
  }

  private static Iterable<Path> html(String folder) throws IOException {
    try (Stream<Path> files = Files.list(folder().resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  private static Path folder() {
    try {
      return Path.of(RealMails.class.getResource("/mails").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
