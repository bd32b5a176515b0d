package dev.lettershop.template.handlebars;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.context.MapValueResolver;
import dev.lettershop.template.html.TagSyntax;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.language.RenderingPart;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.ShownProfile;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.TokenVisitor;
import dev.lettershop.template.value.HtmlEscape;
import dev.lettershop.template.value.ValueText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Handlebars, rendered by handlebars.java. */
public final class HandlebarsLanguage implements Language {
  private static final Tags AS_WRITTEN = new Tags(HandlebarsLanguage::asWritten);

  @Override
  public Scan read(String source, TemplateField field, Names names, Purpose purpose) {
    return HandlebarsReader.read(source, field, names, purpose);
  }

  @Override
  public String expanded(Token tag) {
    return tag.accept(AS_WRITTEN);
  }

  private static String asWritten(Token.Value value) {
    return value.form() == Token.Form.Unescaped
        ? "{{{" + value.code() + "}}}"
        : "{{" + value.code() + "}}";
  }

  /**
   * Writes tags.
   *
   * @param values writes those that show a value
   */
  private record Tags(Function<Token.Value, String> values) implements TokenVisitor<String> {
    @Override
    public String literal(Token.Literal token) {
      return unknown(token);
    }

    @Override
    public String value(Token.Value token) {
      return values.apply(token);
    }

    @Override
    public String open(Token.Open token) {
      return "{{#" + token.code() + "}}";
    }

    @Override
    public String middle(Token.Middle token) {
      return "{{" + token.code() + "}}";
    }

    @Override
    public String close(Token.Close token) {
      return "{{/" + token.block() + "}}";
    }

    @Override
    public String statement(Token.Statement token) {
      return unknown(token);
    }

    @Override
    public String partial(Token.Partial token) {
      return unknown(token);
    }

    private static String unknown(Token token) {
      throw new IllegalArgumentException("Handlebars has no such tag: " + token);
    }
  }

  @Override
  public String expandedText(String text) {
    return text.replace("{{", "\\{{");
  }

  @Override
  public String compiled(List<Token> tokens, boolean html) {
    StringBuilder out = new StringBuilder();
    Tags tags = new Tags(value -> value(value, html));
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token instanceof Token.Literal literal) {
        boolean tagFollows = i + 1 < tokens.size() && !(tokens.get(i + 1) instanceof Token.Literal);
        text(literal.text(), tagFollows, out);
      } else {
        out.append(token.accept(tags));
      }
    }
    return out.toString();
  }

  private static String value(Token.Value value, boolean html) {
    return switch (value.form()) {
      case Escaped -> "{{" + value.code() + "}}";
      case Unescaped -> html ? "{{{" + value.code() + "}}}" : "{{" + value.code() + "}}";
      default ->
          "{{"
              + HandlebarsHelpers.inAddress(value.form())
              + " "
              + (value.code().contains(" ") ? "(" + value.code() + ")" : value.code())
              + "}}";
    };
  }

  /** Text must never read as a tag, nor a backslash before a tag as an escape. */
  private static void text(String text, boolean tagFollows, StringBuilder out) {
    boolean afterTag = out.length() > 0 && out.charAt(out.length() - 1) == '}';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      afterTag &= c == '}';
      if (afterTag) {
        out.append("{{").append(HandlebarsHelpers.CLOSE_BRACE).append("}}");
        continue;
      }
      boolean last = i + 1 == text.length();
      boolean brace = c == '{' && (last || "{\\".indexOf(text.charAt(i + 1)) >= 0);
      if (brace) {
        out.append("{{").append(HandlebarsHelpers.OPEN_BRACE).append("}}");
      } else if (c == '\\' && (last ? tagFollows : text.charAt(i + 1) == '{')) {
        out.append("{{").append(HandlebarsHelpers.BACKSLASH).append("}}");
      } else {
        out.append(c);
      }
    }
  }

  @Override
  public TagSyntax syntax() {
    return TagSyntax.Braces;
  }

  @Override
  public RenderingPart load(
      String compiled, boolean html, String name, Map<String, String> defaults) {
    Handlebars handlebars =
        new Handlebars(new NoLoader())
            .with(new HandlebarsHelperRegistry())
            .with(
                html ? (EscapingStrategy) value -> HtmlEscape.of(value.toString()) : value -> value)
            .with((value, next) -> ValueText.of(value))
            .parentScopeResolution(false);
    Template template;
    try {
      template = handlebars.compileInline(compiled);
    } catch (IOException | HandlebarsException e) {
      throw new IllegalArgumentException("The " + name + " is no Handlebars", e);
    }
    return (context, formats, out) -> {
      Map<String, Object> root = new HashMap<>(context);
      root.put(ShownProfile.NAME, ShownProfile.of(context, defaults));
      Context model = Context.newBuilder(root).resolver(MapValueResolver.INSTANCE).build();
      model.data(HandlebarsHelpers.FORMATS, formats).data(HandlebarsHelpers.WRITER, out);
      try {
        template.apply(model, out);
      } catch (IOException e) {
        throw new UncheckedIOException("Writing to memory failed", e);
      }
    };
  }
}
