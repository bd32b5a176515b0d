package dev.lettershop.browser;

import java.awt.image.BufferedImage;
import java.util.List;

/** Compares pictures, and makes small ones to keep. */
final class Pictures {
  /** A side of the square of pixels that one pixel of a kept picture stands for. */
  static final int SCALE = 8;

  /** Kept pictures know 16 levels of each colour, so that they take a few KB. */
  private static final int LEVELS = 17;

  private Pictures() {}

  /** Share of pixels that are not the same, 0 to 1; 1 for pictures of different sizes. */
  static double difference(BufferedImage one, BufferedImage other) {
    return difference(one, other, 0);
  }

  /** The same, for pixels none of whose colours differs by more than {@code tolerance} of 255. */
  static double difference(BufferedImage one, BufferedImage other, int tolerance) {
    if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
      return 1;
    }
    int[] left = pixels(one);
    int[] right = pixels(other);
    int different = 0;
    for (int i = 0; i < left.length; i++) {
      if (left[i] != right[i] && !near(left[i], right[i], tolerance)) {
        different++;
      }
    }
    return (double) different / left.length;
  }

  private static boolean near(int one, int other, int tolerance) {
    for (int shift = 0; shift <= 16; shift += 8) {
      if (Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)) > tolerance) {
        return false;
      }
    }
    return true;
  }

  /** Pictures side by side, each pixel the mean of a square of theirs. */
  static BufferedImage small(List<BufferedImage> pictures) {
    int width = pictures.stream().mapToInt(p -> ceil(p.getWidth()) + 1).sum();
    int height = pictures.stream().mapToInt(p -> ceil(p.getHeight())).max().orElseThrow();
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int left = 0;
    for (BufferedImage picture : pictures) {
      for (int x = 0; x < ceil(picture.getWidth()); x++) {
        for (int y = 0; y < ceil(picture.getHeight()); y++) {
          sheet.setRGB(left + x, y, mean(picture, x * SCALE, y * SCALE));
        }
      }
      left += ceil(picture.getWidth()) + 1;
    }
    return sheet;
  }

  private static int mean(BufferedImage picture, int left, int top) {
    int width = Math.min(SCALE, picture.getWidth() - left);
    int height = Math.min(SCALE, picture.getHeight() - top);
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int rgb : picture.getRGB(left, top, width, height, null, 0, width)) {
      red += rgb >> 16 & 0xff;
      green += rgb >> 8 & 0xff;
      blue += rgb & 0xff;
    }
    int count = width * height;
    return level(red / count) << 16 | level(green / count) << 8 | level(blue / count);
  }

  private static int level(long colour) {
    return (int) (Math.round((double) colour / LEVELS) * LEVELS);
  }

  private static int ceil(int pixels) {
    return (pixels + SCALE - 1) / SCALE;
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }
}
