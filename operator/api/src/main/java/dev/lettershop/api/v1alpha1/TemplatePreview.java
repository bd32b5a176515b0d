package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

public record TemplatePreview(
    String name, Map<String, JsonNode> profile, Map<String, String> content) {}
