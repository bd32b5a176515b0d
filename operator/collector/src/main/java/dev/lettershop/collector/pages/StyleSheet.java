package dev.lettershop.collector.pages;

import dev.lettershop.api.v1alpha1.collector.page.CollectorColours;
import dev.lettershop.encoding.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How the pages look. Named by its content, so that browsers may keep it for good.
 *
 * @param name such as {@code pages-0123456789abcdef.css}
 */
record StyleSheet(String name, String css) {
  private static final double LEAST_CONTRAST = 4.5;
  private static final String WHITE = "#ffffff";
  private static final String BLACK = "#000000";

  /** With the colours of a Collector. */
  static StyleSheet of(CollectorColours colours) {
    String css = shipped() + own(colours);
    return new StyleSheet("pages-" + Sha256.hex(css, 8) + ".css", css);
  }

  /**
   * Words on a button are black or white, whichever can be read on it. Colours of a page that make
   * its text hard to read are left out (WCAG 2.2, 1.4.3); dark mode keeps the shipped ones.
   */
  private static String own(CollectorColours colours) {
    StringBuilder css = new StringBuilder();
    if (colours.accent() != null) {
      String accent = colours.accent();
      String on = contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK;
      css.append(":root{--accent:").append(accent).append(";--on-accent:").append(on).append("}\n");
    }
    String background = colours.background() == null ? WHITE : colours.background();
    String text = colours.text() == null ? "#1f2328" : colours.text();
    boolean own = colours.background() != null || colours.text() != null;
    if (own && contrast(background, text) >= LEAST_CONTRAST) {
      css.append("@media not (prefers-color-scheme:dark){:root{--back:")
          .append(background)
          .append(";--text:")
          .append(text)
          .append(";--quiet:")
          .append(text)
          .append("}}\n");
    }
    return css.toString();
  }

  /** Contrast of two colours as WCAG 2.2 computes it, 1 to 21. */
  static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  private static String shipped() {
    try (InputStream in = StyleSheet.class.getResourceAsStream("pages.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The style sheet of the pages cannot be read", e);
    }
  }
}
