package dev.lettershop.template;

/** What one recipient gets. The subject has no line breaks; the text uses {@code \n}. */
public record RenderedMail(String subject, String html, String text) {}
