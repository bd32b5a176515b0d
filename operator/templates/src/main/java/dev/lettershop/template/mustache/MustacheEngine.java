package dev.lettershop.template.mustache;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.DefaultMustacheVisitor;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import dev.lettershop.template.value.HtmlEscape;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/**
 * mustache.java with everything shut that reaches outside a template: files and class path, other
 * templates, inheritance, pragmas, changed delimiters. The compiler refuses these with a place and
 * a fix; here they are refused once more, so that no plan can bring them back.
 */
final class MustacheEngine extends DefaultMustacheFactory {

  /** For which place values are escaped. */
  enum Escaping {
    Html,
    None
  }

  private final Escaping escaping;

  MustacheEngine(Escaping escaping, Map<String, String> defaults) {
    super(
        name -> {
          throw refused("partials");
        });
    this.escaping = escaping;
    setObjectHandler(new MapsOnly(defaults));
    mc.setAllowChangingDelimeters(false);
  }

  /**
   * @param part what the source is, for messages
   * @throws MustacheException when the source is not a template, or uses what is shut
   */
  Mustache compileSource(String source, String part) {
    return compile(new StringReader(source), part);
  }

  @Override
  public Reader getReader(String resourceName) {
    throw refused("partials");
  }

  @Override
  public void encode(String value, Writer writer) {
    try {
      if (escaping == Escaping.Html) {
        HtmlEscape.write(value, writer);
      } else {
        writer.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing a rendered value to memory failed", e);
    }
  }

  @Override
  public MustacheVisitor createMustacheVisitor() {
    return new Visitor(this);
  }

  private static MustacheException refused(String what) {
    return new MustacheException("Compiled templates have no " + what);
  }

  private static final class Visitor extends DefaultMustacheVisitor {
    private Visitor(MustacheEngine engine) {
      super(engine);
    }

    @Override
    public void value(TemplateContext context, String variable, boolean encoded) {
      if (variable.startsWith("*")) {
        throw refused("dynamic names");
      }
      super.value(context, variable, encoded);
    }

    @Override
    public void partial(TemplateContext context, String variable, String indent) {
      throw refused("partials");
    }

    @Override
    public void dynamicPartial(TemplateContext context, String variable, String indent) {
      throw refused("partials");
    }

    @Override
    public void extend(TemplateContext context, String variable, Mustache mustache) {
      throw refused("inheritance");
    }

    @Override
    public void name(TemplateContext context, String variable, Mustache mustache) {
      throw refused("inheritance");
    }

    @Override
    public void checkName(TemplateContext context, String variable, Mustache mustache) {
      throw refused("inheritance");
    }

    @Override
    public void pragma(TemplateContext context, String pragma, String args) {
      throw refused("pragmas");
    }
  }
}
