package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.EmailTemplateSpec;
import dev.lettershop.profile.ProfileSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Skeleton. */
public final class TemplateCompiler {
  public TemplateResult compile(
      String name,
      EmailTemplateSpec spec,
      Map<String, EmailTemplateSpec> all,
      ProfileSchema schema) {
    return new TemplateResult(null, List.of(), Map.of(), Set.of(), Set.of());
  }
}
