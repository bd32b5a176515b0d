package dev.lettershop.template.language;

import dev.lettershop.template.value.BoundedWriter;
import dev.lettershop.template.value.LocalFormats;
import java.util.Map;

/** One compiled source in its engine. Thread-safe. */
@FunctionalInterface
public interface RenderingPart {

  /**
   * Writes what one recipient gets.
   *
   * @param context Maps, Lists and plain values, and nothing else; not changed
   * @param formats how this recipient reads dates and numbers
   * @throws BoundedWriter.Exceeded when a bound is exceeded, also as a cause
   * @throws RuntimeException when the engine fails
   */
  void render(Map<String, Object> context, LocalFormats formats, BoundedWriter out);
}
