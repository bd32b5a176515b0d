package dev.lettershop.template.mustache;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.Iteration;
import com.github.mustachejava.ObjectHandler;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.codes.ValueCode;
import com.github.mustachejava.util.Wrapper;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.value.BoundedWriter;
import dev.lettershop.template.value.LocalFormats;
import dev.lettershop.template.value.UrlText;
import dev.lettershop.template.value.ValueFormat;
import dev.lettershop.template.value.ValueText;
import java.io.Writer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sandbox: names are keys of Maps and nothing else. There is no reflection, so a bean in the
 * context has no members, and no call, so a function or callable in it is as good as absent. What a
 * name gives is one of Map, Collection, String, Boolean, Number, Instant, or null.
 */
final class MapsOnly implements ObjectHandler {
  /**
   * Begins the name of a value that is made fit for an address, with the form in lower case; no
   * name of the language has a colon.
   */
  private static final Map<String, Token.Form> FOR_ADDRESS =
      Arrays.stream(Token.Form.values())
          .filter(Token.Form::isForAddress)
          .collect(Collectors.toMap(MapsOnly::prefix, form -> form));

  /** What the name of a value for an address begins with. */
  static String prefix(Token.Form form) {
    return form.name().toLowerCase(Locale.ROOT) + ":";
  }

  /** Key of the recipient's {@link LocalFormats} in the outermost Map; no name is empty. */
  static final String FORMATS = "";

  private static final String PROFILE = "profile.";

  private final Map<String, String> defaults;

  /**
   * @param defaults what to show for an attribute that the profile lacks or has blank
   */
  MapsOnly(Map<String, String> defaults) {
    this.defaults = defaults;
  }

  @Override
  public Binding createBinding(String name, TemplateContext tc, Code code) {
    if (name == null) {
      return scopes -> null;
    }
    Token.Form form = FOR_ADDRESS.get(name.substring(0, name.indexOf(':') + 1));
    if (form != null) {
      Binding value = createBinding(name.substring(prefix(form).length()), tc, code);
      return scopes -> UrlText.encode(form, ValueText.of(value.get(scopes)));
    }
    MustacheFormats.Formatted formatted = MustacheFormats.parse(name);
    if (formatted != null) {
      return formatted(formatted, tc, code);
    }
    if (name.equals(".")) {
      return scopes -> admitted(scopes.get(scopes.size() - 1));
    }
    String[] path = name.split("\\.", -1);
    String fallback =
        code instanceof ValueCode && name.startsWith(PROFILE)
            ? defaults.get(name.substring(PROFILE.length()))
            : null;
    if (fallback == null) {
      return scopes -> resolve(path, scopes);
    }
    return scopes -> {
      Object value = resolve(path, scopes);
      return value == null || value instanceof String text && text.isBlank() ? fallback : value;
    };
  }

  private Binding formatted(MustacheFormats.Formatted formatted, TemplateContext tc, Code code) {
    Binding value = createBinding(formatted.name(), tc, code);
    ValueFormat format = formatted.format();
    if (format.argument().startsWith(MustacheFormats.NAMED)) {
      String name = format.argument().substring(MustacheFormats.NAMED.length());
      Binding argument = createBinding(name, tc, code);
      return scopes ->
          formats(scopes)
              .format(
                  new ValueFormat(format.kind(), ValueText.of(argument.get(scopes))),
                  value.get(scopes));
    }
    return scopes -> formats(scopes).format(format, value.get(scopes));
  }

  private static LocalFormats formats(List<Object> scopes) {
    return (LocalFormats) ((Map<?, ?>) scopes.get(0)).get(FORMATS);
  }

  /** The first part is looked up from the innermost scope outwards, the others strictly inside. */
  private static Object resolve(String[] path, List<Object> scopes) {
    Object value = null;
    for (int i = scopes.size() - 1; i >= 0 && value == null; i--) {
      if (scopes.get(i) instanceof Map<?, ?> map) {
        value = map.get(path[0]);
        if (value == null && map.containsKey(path[0])) {
          break;
        }
      }
    }
    for (int i = 1; i < path.length; i++) {
      value = value instanceof Map<?, ?> map ? map.get(path[i]) : null;
    }
    return admitted(value);
  }

  private static Object admitted(Object value) {
    return value instanceof String
            || value instanceof Boolean
            || value instanceof Number
            || value instanceof Instant
            || value instanceof Map<?, ?>
            || value instanceof Collection<?>
        ? value
        : null;
  }

  @Override
  public Wrapper find(String name, List<Object> scopes) {
    Binding binding = createBinding(name, null, null);
    return binding::get;
  }

  @Override
  public Object coerce(Object object) {
    return admitted(object);
  }

  @Override
  public Writer iterate(Iteration iteration, Writer writer, Object object, List<Object> scopes) {
    if (isFalse(object)) {
      return writer;
    }
    if (object instanceof Collection<?> items) {
      for (Object item : items) {
        Object admitted = admitted(item);
        // Never null: "." would then mean the scope outside the list.
        next(iteration, writer, admitted == null ? "" : admitted, scopes);
      }
    } else {
      next(iteration, writer, object, scopes);
    }
    return writer;
  }

  @Override
  public Writer falsey(Iteration iteration, Writer writer, Object object, List<Object> scopes) {
    return isFalse(object) ? next(iteration, writer, object, scopes) : writer;
  }

  private static Writer next(
      Iteration iteration, Writer writer, Object scope, List<Object> scopes) {
    if (writer instanceof BoundedWriter bounded) {
      bounded.repeat();
    }
    return iteration.next(writer, scope, scopes);
  }

  private static boolean isFalse(Object value) {
    return value == null
        || value == Boolean.FALSE
        || value instanceof Boolean flag && !flag
        || value instanceof String text && text.isEmpty()
        || value instanceof Collection<?> items && items.isEmpty();
  }

  @Override
  public String stringify(Object object) {
    return ValueText.of(object);
  }
}
