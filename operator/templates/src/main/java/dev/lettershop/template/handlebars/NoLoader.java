package dev.lettershop.template.handlebars;

import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.IOException;

/** Finds no other template anywhere. */
final class NoLoader extends AbstractTemplateLoader {
  @Override
  public TemplateSource sourceAt(String location) throws IOException {
    throw new IOException("Compiled templates have no partials");
  }
}
