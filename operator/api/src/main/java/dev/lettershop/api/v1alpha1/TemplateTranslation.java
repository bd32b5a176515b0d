package dev.lettershop.api.v1alpha1;

public record TemplateTranslation(
    String locale, String subject, String preheader, String html, String mjml, String text) {}
