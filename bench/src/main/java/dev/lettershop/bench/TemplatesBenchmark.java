package dev.lettershop.bench;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.template.CompiledTemplate;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.TemplateRenderer;
import dev.lettershop.template.model.Recommendation;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How fast templates are filled in, on one thread, against mustache.java by itself. */
final class TemplatesBenchmark implements Benchmark {
  private static final int RECIPIENTS = 200;
  private static final int ROUNDS = 5;

  @Override
  public String name() {
    return "templates";
  }

  @Override
  public String summary() {
    return "a 40 KB newsletter with 30 variables and 10 products: renderings a second, time to compile";
  }

  @Override
  public long defaultSize() {
    return 20_000;
  }

  @Override
  public List<Figure> run(long size) throws IOException {
    int count = Math.toIntExact(size);
    List<RenderContext> recipients = NewsletterSource.recipients(RECIPIENTS);
    CompiledTemplate mustache = NewsletterSource.compile(TemplateEngine.Mustache);
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("compiled HTML", mustache.html().length() / 1000.0, "KB"));
    figures.addAll(mustache(mustache, recipients, count));
    for (TemplateEngine engine : List.of(TemplateEngine.Handlebars, TemplateEngine.Liquid)) {
      TemplateRenderer renderer = new TemplateRenderer(NewsletterSource.compile(engine));
      int fewer = Math.max(1, count / 4);
      figures.add(
          Figure.of(engine + " render", rate(renderer::render, recipients, fewer), "mails/s"));
    }
    figures.add(memory(new TemplateRenderer(mustache), recipients, count));
    figures.addAll(CompileMeasurement.measure());
    return figures;
  }

  /** In turn, so that neither has the machine to itself for long. */
  private static List<Figure> mustache(
      CompiledTemplate template, List<RenderContext> recipients, int count) {
    TemplateRenderer renderer = new TemplateRenderer(template);
    Bare bare = new Bare(template);
    List<Map<String, Object>> contexts = recipients.stream().map(Bare::context).toList();
    double ours = 0;
    double theirs = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ours = Math.max(ours, rate(renderer::render, recipients, count / ROUNDS + 1));
      theirs = Math.max(theirs, rate(bare::render, contexts, count / ROUNDS + 1));
    }
    return List.of(
        Figure.of("Mustache render", ours, "mails/s")
            .against("mustache.java alone, same sources", theirs));
  }

  /** Things done a second, after as many again to warm up. */
  private static <T> double rate(Consumer<T> work, List<T> inputs, int count) {
    for (int i = 0; i < count; i++) {
      work.accept(inputs.get(i % inputs.size()));
    }
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      work.accept(inputs.get(i % inputs.size()));
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  /** What stays on the heap from one rendering to the next. */
  private static Figure memory(
      TemplateRenderer renderer, List<RenderContext> recipients, int count) {
    long before = used();
    for (int i = 0; i < count; i++) {
      renderer.render(recipients.get(i % recipients.size()));
    }
    return Figure.of("heap growth over " + count + " mails", (used() - before) / 1e6, "MB");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** mustache.java as it comes, over the same compiled sources and the same data. */
  private static final class Bare {
    private final List<Mustache> parts;

    Bare(CompiledTemplate template) {
      DefaultMustacheFactory factory = new DefaultMustacheFactory();
      parts =
          List.of(
              factory.compile(new StringReader(template.subject()), "subject"),
              factory.compile(new StringReader(template.html()), "html"),
              factory.compile(new StringReader(template.text()), "text"));
    }

    static Map<String, Object> context(RenderContext recipient) {
      List<Map<String, Object>> products = new ArrayList<>();
      for (Recommendation product : recipient.recommendations()) {
        products.add(
            Map.of(
                "id", product.id(),
                // What stands in an address is a name of its own in compiled sources.
                "url:id", product.id(),
                "name", product.name(),
                "price", product.price(),
                "currency", product.currency()));
      }
      Map<String, Object> context = new HashMap<>();
      context.put("profile", recipient.profile().attributes());
      context.put("links", recipient.links());
      context.put("recommendations", products);
      return context;
    }

    int render(Map<String, Object> context) {
      int length = 0;
      for (Mustache part : parts) {
        StringWriter out = new StringWriter();
        part.execute(out, context);
        length += out.toString().length();
      }
      return length;
    }
  }
}
