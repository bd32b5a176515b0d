package dev.lettershop.template.liquid;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.template.language.TemplateFunction;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.value.BoundedWriter;
import dev.lettershop.template.value.BoundedWriter.Exceeded;
import dev.lettershop.template.value.DateShift;
import dev.lettershop.template.value.HtmlEscape;
import dev.lettershop.template.value.LocalFormats;
import dev.lettershop.template.value.UrlText;
import dev.lettershop.template.value.ValueFormat;
import dev.lettershop.template.value.ValueText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import liqp.TemplateContext;
import liqp.filters.Filter;
import liqp.filters.Filters;

/**
 * The filters that templates in Liquid can use, and no others: those of the language that only look
 * at what they are given, bounded in work, and the formats of mails.
 */
final class LiquidFilters {
  /** Only compiled templates use these: they make a value fit for its place. */
  static final String IN_HTML = "in_html";

  static final String IN_TEXT = "in_text";

  /** The same for an address. */
  static String inAddress(Token.Form form) {
    return "in_" + form.name().toLowerCase(Locale.ROOT);
  }

  /** Registry of a rendering that holds what {@link #OUT} and {@link #FORMATS} name. */
  static final String REGISTRY = "lettershop";

  static final String OUT = "out";
  static final String FORMATS = "formats";

  /** Escaping is by place, whatever a filter says. */
  static final Set<String> WITHOUT_EFFECT = Set.of("escape", "escape_once", "h");

  /** Make a value fit for an address; it is not encoded again there. */
  static final Set<String> ENCODES = Set.of("url_encode", "url_escape", "url_param_escape");

  /** Shows line breaks in HTML; the last filter, because it makes HTML. */
  static final String LINES = "newline_to_br";

  /** What leaves the tags of captured HTML whole. */
  static final Set<String> OF_MARKUP = Set.of("strip", "lstrip", "rstrip", "strip_newlines", "raw");

  /** Adds a time to a date. */
  static final String DATE_PLUS = "date_plus";

  /** Says that a value is HTML which the author wrote. */
  static final String RAW = "raw";

  private static final Set<String> OF_NUMBERS =
      Set.of(
          "abs",
          "at_least",
          "at_most",
          "ceil",
          "divided_by",
          "floor",
          "minus",
          "modulo",
          "plus",
          "round",
          "times");
  private static final Set<String> OF_TEXT =
      Set.of(
          "append",
          "prepend",
          "capitalize",
          "downcase",
          "upcase",
          "lstrip",
          "rstrip",
          "strip",
          "strip_newlines",
          "remove",
          "remove_first",
          "replace",
          "replace_first",
          "split",
          "truncate",
          "truncatewords",
          "url_encode",
          "url_decode",
          "strip_html");
  private static final Map<String, TemplateFunction> TABLE =
      TemplateFunction.table(LiquidFilters.class, "filters.tsv");

  private static final Map<String, String> ELSEWHERE =
      TemplateFunction.elsewhere(LiquidFilters.class, "filters-elsewhere.tsv");

  private LiquidFilters() {}

  /** All that templates can use, by name. */
  static Map<String, TemplateFunction> table() {
    return TABLE;
  }

  /** What to write in place of a filter that does not exist; never null. */
  static String insteadOf(String name) {
    return ELSEWHERE.getOrDefault(name, DidYouMean.fix(name, TABLE.keySet()));
  }

  /** For the engine. */
  static Filters all() {
    List<Filter> filters = new ArrayList<>();
    for (String name : TABLE.keySet()) {
      if (ValueFormat.Kind.of(name) != null) {
        filters.add(new Format(ValueFormat.Kind.of(name)));
      } else if (Filters.DEFAULT_FILTERS.get(name) != null && !name.equals(LINES)) {
        filters.add(new Bounded(Filters.DEFAULT_FILTERS.get(name)));
      }
    }
    filters.add(new InPlace(IN_HTML));
    filters.add(new InPlace(IN_TEXT));
    for (Token.Form form : Token.Form.values()) {
      if (form.isForAddress()) {
        filters.add(new InAddress(form));
      }
    }
    filters.add(new Encoding(LINES, text -> text.replaceAll("\\r?\\n", "<br />\n")));
    filters.add(new DatePlus());
    filters.add(new Encoding("url_escape", UrlText::escape));
    filters.add(new Encoding("url_param_escape", UrlText::encode));
    return Filters.of(filters);
  }

  static BoundedWriter out(TemplateContext context) {
    return (BoundedWriter) context.<Map<String, Object>>getRegistry(REGISTRY).get(OUT);
  }

  private static final class InPlace extends Filter {
    private InPlace(String name) {
      super(name);
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
      String text = ValueText.of(plain(value));
      return name.equals(IN_HTML) ? HtmlEscape.of(text) : text;
    }
  }

  private static LocalFormats formats(TemplateContext context) {
    return (LocalFormats) context.<Map<String, Object>>getRegistry(REGISTRY).get(FORMATS);
  }

  private static final class DatePlus extends Filter {
    private DatePlus() {
      super(DATE_PLUS);
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
      return formats(context).plus(value, DateShift.parse(ValueText.of(plain(params[0]))));
    }
  }

  private static final class Encoding extends Filter {
    private final UnaryOperator<String> encoding;

    private Encoding(String name, UnaryOperator<String> encoding) {
      super(name);
      this.encoding = encoding;
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
      String text = ValueText.of(plain(value));
      out(context).work(text.length());
      return encoding.apply(text);
    }
  }

  private static final class InAddress extends Filter {
    private final Token.Form form;

    private InAddress(Token.Form form) {
      super(inAddress(form));
      this.form = form;
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
      return UrlText.encode(form, ValueText.of(plain(value)));
    }
  }

  private static final class Format extends Filter {
    private final ValueFormat.Kind kind;

    private Format(ValueFormat.Kind kind) {
      super(kind.word());
      this.kind = kind;
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
      String argument = params.length == 0 ? "" : ValueText.of(plain(params[0]));
      return formats(context).format(new ValueFormat(kind, argument), value);
    }
  }

  /** A filter of the language; what it reads and makes counts as work. */
  private static final class Bounded extends Filter {
    private final Filter filter;

    private Bounded(Filter filter) {
      super(filter.getName());
      this.filter = filter;
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
      BoundedWriter out = out(context);
      out.work(size(value));
      Object[] given = new Object[params.length];
      for (int i = 0; i < params.length; i++) {
        out.work(size(params[i]));
        given[i] = fit(params[i]);
      }
      try {
        Object made = plain(filter.apply(fit(plain(value)), context, given));
        out.work(size(made));
        return made;
      } catch (Exceeded e) {
        throw e;
      } catch (RuntimeException e) {
        // Liquid goes on where a value does not suit its filter, such as a division by zero.
        return null;
      }
    }

    private Object fit(Object value) {
      if (OF_NUMBERS.contains(name)) {
        String text = ValueText.of(value);
        return value instanceof Number
            ? value
            : text.matches("-?[0-9]{1,18}")
                ? Long.valueOf(text)
                : text.matches("-?[0-9]{1,18}[.][0-9]{1,9}") ? Double.valueOf(text) : (Object) 0L;
      }
      boolean text = OF_TEXT.contains(name) && !(value instanceof Collection);
      boolean size = name.startsWith("truncate") && value instanceof Number;
      return text && !size ? ValueText.of(value) : value;
    }
  }

  private static Object plain(Object value) {
    return value instanceof Object[] array ? java.util.Arrays.asList(array) : value;
  }

  private static int size(Object value) {
    if (value instanceof CharSequence text) {
      return text.length() + 1;
    }
    if (value instanceof Object[] array) {
      return size(java.util.Arrays.asList(array));
    }
    if (value instanceof Collection<?> items) {
      long size = items.size() + 1L;
      for (Object item : items) {
        size += item instanceof CharSequence text ? text.length() : 8;
      }
      return (int) Math.min(size, Integer.MAX_VALUE);
    }
    return 1;
  }
}
