package dev.lettershop.template.html.check;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An opaque colour.
 *
 * @param red 0 to 255, as the others
 */
public record Colour(int red, int green, int blue) {
  public static final Colour WHITE = new Colour(255, 255, 255);
  public static final Colour BLACK = new Colour(0, 0, 0);

  private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})");
  private static final Pattern RGB =
      Pattern.compile(
          "rgba?\\(\\s*(\\d{1,3})\\s*[, ]\\s*(\\d{1,3})\\s*[, ]\\s*(\\d{1,3})\\s*(?:[,/]\\s*([\\d.]+%?)\\s*)?\\)");

  /** The names that mails use, of those in CSS Color Level 4 §6.1. */
  private static final Map<String, Integer> NAMES = new HashMap<>();

  static {
    String names =
        "black 000000 silver c0c0c0 gray 808080 grey 808080 white ffffff maroon 800000 red ff0000"
            + " purple 800080 fuchsia ff00ff magenta ff00ff green 008000 lime 00ff00 olive 808000"
            + " yellow ffff00 navy 000080 blue 0000ff teal 008080 aqua 00ffff cyan 00ffff"
            + " orange ffa500 pink ffc0cb gold ffd700 brown a52a2a coral ff7f50 crimson dc143c"
            + " tomato ff6347 salmon fa8072 khaki f0e68c beige f5f5dc ivory fffff0 lavender e6e6fa"
            + " indigo 4b0082 violet ee82ee orchid da70d6 plum dda0dd tan d2b48c wheat f5deb3"
            + " linen faf0e6 snow fffafa azure f0ffff mintcream f5fffa whitesmoke f5f5f5"
            + " gainsboro dcdcdc lightgray d3d3d3 lightgrey d3d3d3 darkgray a9a9a9 darkgrey a9a9a9"
            + " dimgray 696969 dimgrey 696969 slategray 708090 lightblue add8e6 skyblue 87ceeb"
            + " steelblue 4682b4 royalblue 4169e1 dodgerblue 1e90ff darkblue 00008b"
            + " midnightblue 191970 darkgreen 006400 forestgreen 228b22 seagreen 2e8b57"
            + " lightgreen 90ee90 darkred 8b0000 firebrick b22222 indianred cd5c5c hotpink ff69b4"
            + " deeppink ff1493 darkorange ff8c00 orangered ff4500 chocolate d2691e"
            + " antiquewhite faebd7 aliceblue f0f8ff ghostwhite f8f8ff floralwhite fffaf0";
    String[] words = names.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      NAMES.put(words[i], Integer.parseInt(words[i + 1], 16));
    }
  }

  /** Null for what is not an opaque colour, or one of another notation. */
  public static Colour parse(String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    Matcher hex = HEX.matcher(value);
    if (hex.matches()) {
      return hex(hex.group(1));
    }
    Matcher rgb = RGB.matcher(value);
    if (rgb.matches()) {
      String alpha = rgb.group(4);
      boolean opaque =
          alpha == null || alpha.equals("1") || alpha.equals("1.0") || alpha.equals("100%");
      return opaque ? new Colour(part(rgb.group(1)), part(rgb.group(2)), part(rgb.group(3))) : null;
    }
    Integer named = NAMES.get(value);
    return named == null ? null : of(named);
  }

  private static Colour hex(String digits) {
    String full = digits;
    if (digits.length() <= 4) {
      StringBuilder doubled = new StringBuilder();
      digits.chars().forEach(c -> doubled.append((char) c).append((char) c));
      full = doubled.toString();
    }
    if (full.length() == 8 && !full.endsWith("ff")) {
      return null;
    }
    return of(Integer.parseInt(full.substring(0, 6), 16));
  }

  private static Colour of(int rgb) {
    return new Colour(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
  }

  private static int part(String number) {
    return Math.min(255, Integer.parseInt(number));
  }

  /** Between 1 and 21 (WCAG 2.2, contrast ratio). */
  public double contrastTo(Colour other) {
    double a = luminance();
    double b = other.luminance();
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private double luminance() {
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  private static double linear(int part) {
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  @Override
  public String toString() {
    return String.format("#%02x%02x%02x", red, green, blue);
  }
}
