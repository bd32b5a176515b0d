package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.template.language.RenderingPart;
import dev.lettershop.template.link.LinkMarks;
import dev.lettershop.template.text.HeaderText;
import dev.lettershop.template.text.PlainText;
import dev.lettershop.template.value.BoundedWriter;
import dev.lettershop.template.value.LocalFormats;
import dev.lettershop.template.value.RenderException;
import dev.lettershop.template.value.RenderException.Reason;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Renders one compiled template for one recipient after another, in the language that fits best.
 * Parses the sources once, in the constructor. Thread-safe.
 */
public final class TemplateRenderer {
  /** Longest HTML, and longest text, unless told otherwise: 1 Mi UTF-16 code units. */
  public static final int DEFAULT_MAX_OUTPUT = 1 << 20;

  /** A header line may have no more characters, without folding (RFC 5322 §2.1.1). */
  static final int MAX_SUBJECT = 998 - "Subject: ".length();

  private static final Locale WITHOUT_LOCALE = Locale.ENGLISH;

  private final CompiledTemplate template;
  private final int maxOutput;
  private final Version own;
  private final Map<String, Version> translations = new HashMap<>();
  private final ContextMaps contexts;

  /** The parts in one language. */
  private record Version(Part subject, Part html, Part text) {}

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
    this.template = template;
    this.maxOutput = maxOutput;
    this.contexts = new ContextMaps(template);
    this.own =
        new Version(
            subject(template.subject(), template.defaults()),
            part("HTML", template.html(), true, template.defaults()),
            part("text", template.text(), false, template.defaults()));
    template.translations().forEach((tag, other) -> translations.put(tag, version(other)));
  }

  private Version version(CompiledTemplate.Translation other) {
    Map<String, String> defaults = new HashMap<>(template.defaults());
    defaults.putAll(other.defaults());
    boolean same = other.defaults().isEmpty();
    return new Version(
        same && other.subject() == null
            ? own.subject()
            : subject(other.subject() == null ? template.subject() : other.subject(), defaults),
        same && other.html() == null
            ? own.html()
            : part("HTML", other.html() == null ? template.html() : other.html(), true, defaults),
        same && other.text() == null
            ? own.text()
            : part("text", other.text() == null ? template.text() : other.text(), false, defaults));
  }

  private Part subject(String source, Map<String, String> defaults) {
    Part part = part("subject", source, false, defaults);
    return new Part(part.name(), part.source(), Math.min(maxOutput, 64 * 1024), 256);
  }

  private Part part(String name, String source, boolean html, Map<String, String> defaults) {
    try {
      return new Part(
          name,
          Languages.of(template.engine()).load(source, html, name, defaults),
          maxOutput,
          source.length() + source.length() / 4 + 64);
    } catch (IllegalArgumentException e) {
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
   * @throws RenderException when a bound is exceeded; says nothing about the recipient
   */
  public RenderedMail render(RenderContext context) {
    Object locale = context.profile().attributes().get("locale");
    Version translated = LocaleChain.best(translations, locale);
    Version version = translated == null ? own : translated;
    LocalFormats formats =
        new LocalFormats(
            readingLocale(locale, translated != null),
            LocalFormats.zone(context.profile().attributes().get("time_zone")),
            context.date());
    Map<String, Object> inHtml = contexts.of(context);
    String line = HeaderText.singleLine(version.subject().render(inHtml, formats));
    if (line.length() > MAX_SUBJECT) {
      throw new RenderException(
          Reason.SubjectTooLong, "The subject is longer than " + MAX_SUBJECT + " characters");
    }
    Map<String, Object> inText =
        template.slotTypes().containsValue(SlotType.Html) ? contexts.asText(inHtml) : inHtml;
    String html = version.html().render(inHtml, formats);
    String text = version.text().render(inText, formats);
    return new RenderedMail(
        line,
        LinkMarks.resolve(html, true, context.recorded()),
        PlainText.normalise(LinkMarks.resolve(text, false, context.recorded())));
  }

  /** Dates in the language of the words around them, in the manner of the recipient's country. */
  private Locale readingLocale(Object profileLocale, boolean translated) {
    String tag = profileLocale instanceof String text ? LocaleChain.canonical(text) : "";
    Locale profile = Locale.forLanguageTag(tag);
    if (translated || template.locale() == null) {
      return tag.isEmpty() ? WITHOUT_LOCALE : profile;
    }
    Locale ownTexts = Locale.forLanguageTag(template.locale());
    return profile.getLanguage().equals(ownTexts.getLanguage()) ? profile : ownTexts;
  }

  /** One of subject, HTML and text. */
  private record Part(String name, RenderingPart source, int maxOutput, int expectedLength) {

    String render(Map<String, Object> context, LocalFormats formats) {
      BoundedWriter writer =
          new BoundedWriter(expectedLength, maxOutput, BoundedWriter.MAX_REPETITIONS);
      try {
        source.render(context, formats, writer);
      } catch (RuntimeException e) {
        throw failure(e);
      }
      return writer.toString();
    }

    private RenderException failure(Throwable thrown) {
      Throwable root = thrown;
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        root = cause;
        if (cause instanceof BoundedWriter.Exceeded exceeded) {
          return exceeded(exceeded.reason());
        }
      }
      return new RenderException(
          Reason.EngineFailure,
          "Rendering the " + name + " failed with " + root.getClass().getSimpleName());
    }

    private RenderException exceeded(Reason reason) {
      return switch (reason) {
        case TooManyRepetitions ->
            new RenderException(
                reason,
                "The "
                    + name
                    + " repeats sections more than "
                    + BoundedWriter.MAX_REPETITIONS
                    + " times");
        case TooMuchWork ->
            new RenderException(reason, "The " + name + " works on more text than is allowed");
        default ->
            new RenderException(
                reason, "The " + name + " is longer than " + maxOutput + " characters");
      };
    }
  }
}
