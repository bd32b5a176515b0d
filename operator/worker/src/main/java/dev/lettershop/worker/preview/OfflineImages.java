package dev.lettershop.worker.preview;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts pictures into a mail that must not load any: those of a folder, by the address's last part,
 * else a drawing of the same size that says what the picture shows.
 */
final class OfflineImages {
  /** Possessive, so that no tag is too long for the stack. */
  private static final Pattern IMAGE =
      Pattern.compile("<img\\b(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>", Pattern.CASE_INSENSITIVE);

  private static final Pattern SOURCE =
      Pattern.compile("(\\ssrc\\s*=\\s*)(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE);
  private static final Map<String, String> TYPES =
      Map.of(
          "png",
          "image/png",
          "jpg",
          "image/jpeg",
          "jpeg",
          "image/jpeg",
          "gif",
          "image/gif",
          "svg",
          "image/svg+xml",
          "webp",
          "image/webp");
  private static final int DEFAULT_WIDTH = 320;

  private final Path folder;

  /**
   * @param folder of picture files, or null
   */
  OfflineImages(Path folder) {
    this.folder = folder;
  }

  String in(String html) throws IOException {
    StringBuilder offline = new StringBuilder(html.length());
    Matcher image = IMAGE.matcher(html);
    int from = 0;
    while (image.find()) {
      offline.append(html, from, image.start()).append(offline(image.group()));
      from = image.end();
    }
    return offline.append(html, from, html.length()).toString();
  }

  private String offline(String tag) throws IOException {
    Matcher source = SOURCE.matcher(tag);
    if (!source.find()) {
      return tag;
    }
    String address = source.group(2) != null ? source.group(2) : source.group(3);
    if (address.startsWith("data:")) {
      return tag;
    }
    String data = file(address);
    return tag.substring(0, source.start())
        + source.group(1)
        + '"'
        + (data != null ? data : drawing(tag, address))
        + '"'
        + tag.substring(source.end());
  }

  /** Null when the folder has no such picture. */
  private String file(String address) throws IOException {
    if (folder == null) {
      return null;
    }
    String name = address.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
    String type = TYPES.get(name.replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT));
    if (type == null || !name.matches("[\\w.-]+")) {
      return null;
    }
    Path file = folder.resolve(name);
    return Files.isRegularFile(file)
        ? "data:" + type + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file))
        : null;
  }

  private static String drawing(String tag, String address) {
    int width = number(tag, "width", DEFAULT_WIDTH);
    int height = number(tag, "height", width <= 80 ? width : Math.round(width * 0.56f));
    int hue = Math.floorMod(address.hashCode(), 360);
    String label = attribute(tag, "alt");
    int size = Math.max(9, Math.min(16, width / 16));
    boolean labelled = width >= 100 && height >= 32;
    String svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">\
        <defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="hsl(%3$d,42%%,82%%)"/>\
        <stop offset="1" stop-color="hsl(%4$d,38%%,68%%)"/></linearGradient></defs>\
        <rect width="100%%" height="100%%" fill="url(#g)"/>\
        <circle cx="%5$d" cy="%6$d" r="%7$d" fill="hsl(%3$d,55%%,92%%)" opacity=".7"/>\
        <path d="M0 %2$d L%8$d %9$d L%10$d %11$d L%1$d %12$d V%2$d Z" fill="hsl(%4$d,35%%,52%%)" opacity=".55"/>%13$s</svg>"""
            .formatted(
                width,
                height,
                hue,
                (hue + 40) % 360,
                width * 3 / 4,
                height / 3,
                Math.max(2, Math.min(width, height) / 9),
                width * 3 / 10,
                height * 5 / 9,
                width / 2,
                height * 8 / 10,
                height * 6 / 10,
                labelled ? label(label, width, height, size) : "");
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  private static String label(String text, int width, int height, int size) {
    int most = Math.max(6, width / (size * 3 / 5) - 4);
    String shown = text.length() > most ? text.substring(0, most - 1) + "…" : text;
    return "<text x=\"%d\" y=\"%d\" font-family=\"sans-serif\" font-size=\"%d\" fill=\"#1d2126\" opacity=\".75\">%s</text>"
        .formatted(size, height - size, size, shown);
  }

  private static int number(String tag, String name, int otherwise) {
    String value = attribute(tag, name).replaceFirst("px$", "");
    return value.matches("[1-9]\\d{0,3}") ? Integer.parseInt(value) : otherwise;
  }

  /** As it stands in the tag, so still escaped. */
  private static String attribute(String tag, String name) {
    Matcher attribute =
        Pattern.compile(
                "\\s" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE)
            .matcher(tag);
    if (!attribute.find()) {
      return "";
    }
    String value = attribute.group(1) != null ? attribute.group(1) : attribute.group(2);
    return value.replace("<", "&lt;").replaceAll("&(?!amp;|lt;|gt;|quot;|#\\d+;)\\w*;?", " ");
  }
}
