package dev.lettershop.template.handlebars;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.template.language.TemplateFunction;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.value.BoundedWriter;
import dev.lettershop.template.value.DateShift;
import dev.lettershop.template.value.LocalFormats;
import dev.lettershop.template.value.UrlText;
import dev.lettershop.template.value.ValueComparison;
import dev.lettershop.template.value.ValueFormat;
import dev.lettershop.template.value.ValueText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The helpers that templates in Handlebars can call, and no others: none reaches outside of what it
 * is given. Blocks write into the bounded output directly, so that nothing unbounded is put
 * together on the way.
 */
final class HandlebarsHelpers {
  /** Key of the recipient's {@link LocalFormats} among the data of a rendering. */
  static final String FORMATS = "lettershop.formats";

  /** Key of the rendering's {@link BoundedWriter}. */
  static final String WRITER = "lettershop.writer";

  /** Makes a value fit for an address; only compiled templates call it. */
  static String inAddress(Token.Form form) {
    return "in" + form.name();
  }

  /**
   * Write a character that would else be read as part of a tag; only compiled templates call them.
   */
  static final String OPEN_BRACE = "openBrace";

  static final String CLOSE_BRACE = "closeBrace";
  static final String BACKSLASH = "backslash";

  /** Percent-encodes a value, which is then not encoded again in an address. */
  static final String ENCODES = "encodeURI";

  /** Adds a time to a date. */
  static final String DATE_PLUS = "datePlus";

  static final Set<String> BLOCKS = Set.of("if", "unless", "each", "with");

  private static final Map<String, TemplateFunction> TABLE =
      TemplateFunction.table(HandlebarsHelpers.class, "helpers.tsv");

  private static final Map<String, String> ELSEWHERE =
      TemplateFunction.elsewhere(HandlebarsHelpers.class, "helpers-elsewhere.tsv");

  private HandlebarsHelpers() {}

  /** What templates can call to get a value, by name. */
  static Map<String, TemplateFunction> table() {
    return TABLE;
  }

  /** What to write in place of a helper that does not exist; never null. */
  static String insteadOf(String name) {
    return BLOCKS.contains(name)
        ? "write {{#" + name + " …}}"
        : ELSEWHERE.getOrDefault(name, DidYouMean.fix(name, TABLE.keySet()));
  }

  /** All of them, by name. */
  static Map<String, Helper<?>> all() {
    Map<String, Helper<?>> helpers = new LinkedHashMap<>();
    for (ValueFormat.Kind kind : ValueFormat.Kind.values()) {
      helpers.put(
          kind.word(),
          (value, options) ->
              ((LocalFormats) options.context.data(FORMATS))
                  .format(new ValueFormat(kind, text(options.param(0, ""))), value));
    }
    for (Token.Form form : Token.Form.values()) {
      if (form.isForAddress()) {
        helpers.put(inAddress(form), (value, options) -> UrlText.encode(form, text(value)));
      }
    }
    helpers.put(CLOSE_BRACE, (value, options) -> "}");
    helpers.put(OPEN_BRACE, (value, options) -> "{");
    helpers.put(BACKSLASH, (value, options) -> "\\");
    helpers.put("eq", (a, options) -> ValueComparison.equal(a, options.param(0, null)));
    helpers.put("ne", (a, options) -> !ValueComparison.equal(a, options.param(0, null)));
    helpers.put(
        "lt", (a, options) -> ValueComparison.inOrder(a, options.param(0, null), c -> c < 0));
    helpers.put(
        "lte", (a, options) -> ValueComparison.inOrder(a, options.param(0, null), c -> c <= 0));
    helpers.put(
        "gt", (a, options) -> ValueComparison.inOrder(a, options.param(0, null), c -> c > 0));
    helpers.put(
        "gte", (a, options) -> ValueComparison.inOrder(a, options.param(0, null), c -> c >= 0));
    helpers.put("not", (a, options) -> !isTrue(a));
    helpers.put("and", (a, options) -> given(a, options).stream().allMatch(v -> isTrue(v)));
    helpers.put("or", (a, options) -> given(a, options).stream().anyMatch(v -> isTrue(v)));
    helpers.put("upper", (a, options) -> text(a).toUpperCase(locale(options)));
    helpers.put("lower", (a, options) -> text(a).toLowerCase(locale(options)));
    helpers.put("capitalize", (a, options) -> capitalised(text(a), locale(options)));
    helpers.put("trim", (a, options) -> text(a).strip());
    helpers.put(
        DATE_PLUS,
        (value, options) ->
            ((LocalFormats) options.context.data(FORMATS))
                .plus(value, DateShift.parse(text(options.param(0, "")))));
    // Escaping is by place, whatever a helper says.
    helpers.put("escape", (a, options) -> text(a));
    helpers.put(ENCODES, (a, options) -> UrlText.encode(text(a)));
    helpers.put("size", (a, options) -> size(a));
    helpers.put("default", (a, options) -> isTrue(a) ? a : options.param(0, ""));
    helpers.put("concat", (a, options) -> concatenated(given(a, options)));
    helpers.put("join", (a, options) -> joined(a, text(options.param(0, ", "))));
    helpers.put("truncate", (a, options) -> truncated(text(a), options.param(0, 0)));
    helpers.put("lookup", (a, options) -> item(a, options.param(0, null)));
    blocks(helpers);
    return helpers;
  }

  private static void blocks(Map<String, Helper<?>> helpers) {
    helpers.put("if", (value, options) -> block(options, isTrue(value), options.context));
    helpers.put("unless", (value, options) -> block(options, !isTrue(value), options.context));
    helpers.put(
        "with",
        (value, options) ->
            block(
                options,
                isTrue(value),
                isTrue(value) ? Context.newContext(options.context, value) : options.context));
    helpers.put("each", (value, options) -> each(value, options));
  }

  private static Object block(Options options, boolean holds, Context context) throws IOException {
    BoundedWriter out = options.context.data(WRITER);
    out.repeat();
    if (holds) {
      options.fn.apply(context, out);
    } else {
      options.inverse.apply(options.context, out);
    }
    return null;
  }

  private static Object each(Object value, Options options) throws IOException {
    BoundedWriter out = options.context.data(WRITER);
    if (!(value instanceof Collection<?> items) || items.isEmpty()) {
      options.inverse.apply(options.context, out);
      return null;
    }
    int index = 0;
    for (Iterator<?> rest = items.iterator(); rest.hasNext(); index++) {
      out.repeat();
      Object item = rest.next();
      Context inside = Context.newContext(options.context, item == null ? "" : item);
      inside
          .combine("@index", index)
          .combine("@first", index == 0)
          .combine("@last", !rest.hasNext());
      options.fn.apply(inside, out);
    }
    return null;
  }

  private static List<Object> given(Object first, Options options) {
    List<Object> given = new ArrayList<>();
    given.add(first);
    given.addAll(java.util.Arrays.asList(options.params));
    return given;
  }

  /** What JavaScript calls truthy, and lists with something in them. */
  static boolean isTrue(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof Collection<?> items) {
      return !items.isEmpty();
    }
    return value != null && !value.equals("");
  }

  private static String text(Object value) {
    return ValueText.of(value);
  }

  private static Locale locale(Options options) {
    return ((LocalFormats) options.context.data(FORMATS)).locale();
  }

  private static String capitalised(String text, Locale locale) {
    return text.isEmpty()
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(locale)
            + text.substring(text.offsetByCodePoints(0, 1));
  }

  private static int size(Object value) {
    return value instanceof Collection<?> items ? items.size() : text(value).length();
  }

  private static String concatenated(List<Object> values) {
    StringBuilder all = new StringBuilder();
    values.forEach(value -> all.append(text(value)));
    return all.toString();
  }

  private static String joined(Object value, String between) {
    return value instanceof Collection<?> items
        ? String.join(between, items.stream().map(ValueText::of).toList())
        : text(value);
  }

  private static String truncated(String text, Object length) {
    int most = length instanceof Number number ? Math.max(1, number.intValue()) : text.length();
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end).stripTrailing() + "…";
  }

  private static Object item(Object list, Object index) {
    if (list instanceof List<?> items && index instanceof Number number) {
      int i = number.intValue();
      return i >= 0 && i < items.size() ? items.get(i) : null;
    }
    return null;
  }
}
