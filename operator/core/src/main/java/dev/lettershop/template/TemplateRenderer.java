package dev.lettershop.template;

import java.util.Map;

/** Skeleton. */
public final class TemplateRenderer {
  public static final int DEFAULT_MAX_OUTPUT = 1 << 20;

  public TemplateRenderer(CompiledTemplate template) {
    this(template, DEFAULT_MAX_OUTPUT);
  }

  public TemplateRenderer(CompiledTemplate template, int maxOutput) {}

  public RenderedMail render(Map<String, Object> context) {
    throw new UnsupportedOperationException("not yet");
  }
}
