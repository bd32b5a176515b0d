package dev.lettershop.api.v1alpha1;

import java.util.List;
import java.util.Map;

public record EmailTemplateSpec(
    LocalRef storeRef,
    TemplateEngine engine,
    String subject,
    String preheader,
    String html,
    String mjml,
    String text,
    List<TemplatePartial> partials,
    List<TemplateSlot> slots,
    Map<String, String> defaults,
    List<TemplateTranslation> translations,
    List<TemplatePreview> previews) {}
