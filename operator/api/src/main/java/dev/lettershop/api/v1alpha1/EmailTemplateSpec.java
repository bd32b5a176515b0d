package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record EmailTemplateSpec(
    LocalRef storeRef,
    TemplateEngine engine,
    String subject,
    String preheader,
    String html,
    String mjml,
    String text,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TemplatePartial> partials,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TemplateSlot> slots,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> defaults,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TemplateTranslation> translations,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TemplatePreview> previews) {

  public EmailTemplateSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    engine = Absent.or(engine, TemplateEngine.Mustache);
    partials = Absent.list(partials);
    slots = Absent.list(slots);
    defaults = Absent.map(defaults);
    translations = Absent.list(translations);
    previews = Absent.list(previews);
  }
}
