package dev.lettershop.template;

import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import dev.lettershop.template.MustacheEngine.Escaping;
import dev.lettershop.template.RenderException.Reason;
import java.util.List;
import java.util.Map;

/**
 * Renders one compiled template for one recipient after another. Parses the sources once, in the
 * constructor. Thread-safe.
 */
public final class TemplateRenderer {
  /** Longest HTML, and longest text, unless told otherwise: 1 Mi UTF-16 code units. */
  public static final int DEFAULT_MAX_OUTPUT = 1 << 20;

  /** A header line may have no more characters, without folding (RFC 5322 §2.1.1). */
  static final int MAX_SUBJECT = 998 - "Subject: ".length();

  /** Lists within lists multiply: stops a template whose output stays small but never ends. */
  static final int MAX_REPETITIONS = 100_000;

  private final Part subject;
  private final Part html;
  private final Part text;

  /** Renders with {@link #DEFAULT_MAX_OUTPUT}. */
  public TemplateRenderer(CompiledTemplate template) {
    this(template, DEFAULT_MAX_OUTPUT);
  }

  /**
   * @param maxOutput longest HTML and longest text in UTF-16 code units, at least 1
   * @throws IllegalArgumentException when the template does not come from {@link TemplateCompiler}
   */
  public TemplateRenderer(CompiledTemplate template, int maxOutput) {
    if (maxOutput < 1) {
      throw new IllegalArgumentException("maxOutput must be at least 1, not " + maxOutput);
    }
    MustacheEngine plain = new MustacheEngine(Escaping.None, template.defaults());
    MustacheEngine escaped = new MustacheEngine(Escaping.Html, template.defaults());
    subject = part("subject", plain, template.subject(), Math.min(maxOutput, 64 * 1024));
    html = part("HTML", escaped, template.html(), maxOutput);
    text = part("text", plain, template.text(), maxOutput);
  }

  private static Part part(String name, MustacheEngine engine, String source, int maxOutput) {
    try {
      Mustache mustache = engine.compileSource(source, name);
      return new Part(name, mustache, maxOutput, source.length() + source.length() / 4 + 64);
    } catch (MustacheException e) {
      throw new IllegalArgumentException(
          "The "
              + name
              + " of this template was not made by the template compiler; compile it again",
          e);
    }
  }

  /**
   * What one recipient gets.
   *
   * @param context see {@link RenderContext}; not changed
   * @throws RenderException when a bound is exceeded; says nothing about the recipient
   */
  public RenderedMail render(Map<String, Object> context) {
    String line = HeaderText.singleLine(subject.render(context));
    if (line.length() > MAX_SUBJECT) {
      throw new RenderException(
          Reason.SubjectTooLong, "The subject is longer than " + MAX_SUBJECT + " characters");
    }
    return new RenderedMail(line, html.render(context), PlainText.normalise(text.render(context)));
  }

  /** One of subject, HTML and text. */
  private record Part(String name, Mustache mustache, int maxOutput, int expectedLength) {

    String render(Map<String, Object> context) {
      BoundedWriter writer = new BoundedWriter(expectedLength, maxOutput, MAX_REPETITIONS);
      try {
        mustache.execute(writer, List.of(context));
      } catch (MustacheException | BoundedWriter.Exceeded e) {
        throw failure(e);
      }
      return writer.toString();
    }

    private RenderException failure(Throwable thrown) {
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof BoundedWriter.Exceeded exceeded) {
          return switch (exceeded.reason()) {
            case TooManyRepetitions ->
                new RenderException(
                    exceeded.reason(),
                    "The " + name + " repeats sections more than " + MAX_REPETITIONS + " times");
            default ->
                new RenderException(
                    exceeded.reason(),
                    "The " + name + " is longer than " + maxOutput + " characters");
          };
        }
      }
      Throwable root = thrown;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return new RenderException(
          Reason.EngineFailure,
          "Rendering the " + name + " failed with " + root.getClass().getSimpleName());
    }
  }
}
