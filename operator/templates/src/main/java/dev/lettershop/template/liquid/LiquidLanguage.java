package dev.lettershop.template.liquid;

import dev.lettershop.template.html.TagSyntax;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.language.RenderingPart;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.ShownProfile;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.TokenVisitor;
import dev.lettershop.template.value.BoundedWriter;
import dev.lettershop.template.value.RenderException;
import dev.lettershop.template.value.ValueText;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import liqp.Insertions;
import liqp.RenderTransformer;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.blocks.Capture;
import liqp.blocks.Case;
import liqp.blocks.Cycle;
import liqp.blocks.For;
import liqp.blocks.If;
import liqp.blocks.Raw;
import liqp.blocks.Unless;
import liqp.exceptions.ExceededMaxIterationsException;
import liqp.exceptions.LiquidException;
import liqp.nodes.LNode;
import liqp.parser.Flavor;
import liqp.tags.Assign;
import liqp.tags.Break;
import liqp.tags.Continue;
import liqp.tags.Decrement;
import liqp.tags.Increment;

/** Liquid, rendered by liqp. */
public final class LiquidLanguage implements Language {
  private static final Tags AS_WRITTEN = new Tags(LiquidLanguage::asWritten);

  private static final TemplateParser PARSER =
      new TemplateParser.Builder()
          .withFlavor(Flavor.LIQUID)
          .withStrictTypedExpressions(false)
          .withErrorMode(TemplateParser.ErrorMode.STRICT)
          .withLocale(Locale.ENGLISH)
          .withDefaultTimeZone(ZoneOffset.UTC)
          .withMaxIterations(BoundedWriter.MAX_REPETITIONS)
          .withNameResolver(
              name -> {
                throw new IllegalArgumentException("Compiled templates have no partials");
              })
          .withRenderTransformer(new BoundedText())
          .build();

  private static final Insertions IN_HTML = tags(true);
  private static final Insertions IN_TEXT = tags(false);

  private static Insertions tags(boolean html) {
    return Insertions.of(
        new If(),
        new Unless(),
        new Case(),
        new For(),
        new LiquidTableRow(html),
        new Cycle(),
        new Raw(),
        new Assign(),
        new Capture(),
        new Increment(),
        new Decrement(),
        new Break(),
        new Continue());
  }

  @Override
  public Scan read(String source, TemplateField field, Names names, Purpose purpose) {
    return LiquidReader.read(source, field, names, purpose);
  }

  @Override
  public String expanded(Token tag) {
    return tag.accept(AS_WRITTEN);
  }

  private static String asWritten(Token.Value value) {
    String raw =
        switch (value.form()) {
          case Unescaped -> " | " + LiquidFilters.RAW;
          case Lines -> " | " + LiquidFilters.LINES;
          default -> "";
        };
    return "{{ " + value.code() + raw + " }}";
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
      return tag(token.code());
    }

    @Override
    public String middle(Token.Middle token) {
      return tag(token.code());
    }

    @Override
    public String close(Token.Close token) {
      return tag("end" + token.block());
    }

    @Override
    public String statement(Token.Statement token) {
      return tag(token.code());
    }

    @Override
    public String partial(Token.Partial token) {
      return unknown(token);
    }

    private static String tag(String code) {
      return "{% " + code + " %}";
    }

    private static String unknown(Token token) {
      throw new IllegalArgumentException("Liquid has no such tag: " + token);
    }
  }

  @Override
  public String expandedText(String text) {
    return text.contains("{{") || text.contains("{%") ? "{% raw %}" + text + "{% endraw %}" : text;
  }

  @Override
  public String compiled(List<Token> tokens, boolean html) {
    StringBuilder out = new StringBuilder();
    Tags tags = new Tags(value -> "{{ " + value.code() + " | " + place(value, html) + " }}");
    boolean lineStart = true;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token instanceof Token.Literal literal) {
        String text = literal.text();
        boolean made = literal.position() == null;
        if (made && lineStart && i > 0 && isBlock(tokens.get(i - 1)) && text.startsWith("\n")) {
          // The text alternative sets tags of blocks on lines of their own.
          text = text.substring(1);
        }
        lineStart = text.isEmpty() ? lineStart : text.endsWith("\n");
        text(text, i + 1 < tokens.size(), out);
      } else {
        lineStart &= isBlock(token);
        out.append(token.accept(tags));
      }
    }
    return out.toString();
  }

  private static boolean isBlock(Token token) {
    return !(token instanceof Token.Value) && !(token instanceof Token.Literal);
  }

  private static String place(Token.Value value, boolean html) {
    return switch (value.form()) {
      case Escaped -> html ? LiquidFilters.IN_HTML : LiquidFilters.IN_TEXT;
      case Unescaped, Plain, Fragment -> LiquidFilters.IN_TEXT;
      case Lines ->
          html ? LiquidFilters.IN_HTML + " | " + LiquidFilters.LINES : LiquidFilters.IN_TEXT;
      default ->
          LiquidFilters.inAddress(value.form())
              + " | "
              + (html ? LiquidFilters.IN_HTML : LiquidFilters.IN_TEXT);
    };
  }

  private static void text(String text, boolean tagFollows, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i + 1 == text.length();
      char next = last ? ' ' : text.charAt(i + 1);
      if (c == '{' && (last ? tagFollows : next == '{' || next == '%')) {
        out.append("{{ \"{\" }}");
      } else {
        out.append(c);
      }
    }
  }

  @Override
  public TagSyntax syntax() {
    return TagSyntax.Liquid;
  }

  @Override
  public RenderingPart load(
      String compiled, boolean html, String name, Map<String, String> defaults) {
    LNode root;
    try {
      root = new LiquidNodes(html ? IN_HTML : IN_TEXT).visit(PARSER.parse(compiled).getParseTree());
    } catch (LiquidException | IllegalArgumentException e) {
      throw new IllegalArgumentException("The " + name + " is not Liquid", e);
    }
    return (context, formats, out) -> {
      Map<String, Object> variables = new HashMap<>(context);
      variables.put(ShownProfile.NAME, ShownProfile.of(context, defaults));
      TemplateContext rendering = new TemplateContext(PARSER, variables);
      Map<String, Object> registry = rendering.getRegistry(LiquidFilters.REGISTRY);
      registry.put(LiquidFilters.OUT, out);
      registry.put(LiquidFilters.FORMATS, formats);
      try {
        out.write(String.valueOf(root.render(rendering)));
      } catch (ExceededMaxIterationsException e) {
        throw new BoundedWriter.Exceeded(RenderException.Reason.TooManyRepetitions);
      }
    };
  }

  /** Puts the pieces of a block together, and stops when they grow too long. */
  private static final class BoundedText implements RenderTransformer {
    @Override
    public ObjectAppender.Controller newObjectAppender(TemplateContext context, int estimated) {
      BoundedWriter out = LiquidFilters.out(context);
      StringBuilder text = new StringBuilder();
      return new ObjectAppender.Controller() {
        @Override
        public Object getResult() {
          return text.toString();
        }

        @Override
        public void append(Object piece) {
          String written = piece instanceof String s ? s : ValueText.of(piece);
          out.work(written.length());
          if (written.length() > out.maxLength() - text.length()) {
            throw new BoundedWriter.Exceeded(RenderException.Reason.OutputTooLarge);
          }
          text.append(written);
        }
      };
    }

    @Override
    public Object transformObject(TemplateContext context, Object made) {
      return made;
    }
  }
}
