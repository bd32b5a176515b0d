package dev.lettershop.template.mustache;

import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import dev.lettershop.template.html.TagSyntax;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.language.RenderingPart;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Mustache, rendered by mustache.java. */
public final class MustacheLanguage implements Language {
  private static final MustacheTags AS_WRITTEN = new MustacheTags(MustacheLanguage::asWritten);

  @Override
  public Scan read(String source, TemplateField field, Names names, Purpose purpose) {
    return MustacheReader.read(source, field, names);
  }

  @Override
  public String expanded(Token tag) {
    return tag.accept(AS_WRITTEN);
  }

  private static String asWritten(Token.Value value) {
    MustacheFormats.Formatted formatted = MustacheFormats.parse(value.code());
    if (formatted != null) {
      return MustacheFormats.section(formatted);
    }
    return value.form() == Token.Form.Unescaped
        ? "{{{" + value.code() + "}}}"
        : "{{" + value.code() + "}}";
  }

  @Override
  public String expandedText(String text) {
    // What the scanner leaves as text holds no two braces.
    return text;
  }

  @Override
  public String compiled(List<Token> tokens, boolean html) {
    return MustacheSource.of(tokens, html);
  }

  @Override
  public TagSyntax syntax() {
    return TagSyntax.Braces;
  }

  @Override
  public RenderingPart load(
      String compiled, boolean html, String name, Map<String, String> defaults) {
    Mustache mustache;
    try {
      mustache =
          new MustacheEngine(
                  html ? MustacheEngine.Escaping.Html : MustacheEngine.Escaping.None, defaults)
              .compileSource(compiled, name);
    } catch (MustacheException e) {
      throw new IllegalArgumentException("The " + name + " is not Mustache", e);
    }
    return (context, formats, out) -> {
      Map<String, Object> root = new HashMap<>(context);
      root.put(MapsOnly.FORMATS, formats);
      mustache.execute(out, List.of(root));
    };
  }
}
