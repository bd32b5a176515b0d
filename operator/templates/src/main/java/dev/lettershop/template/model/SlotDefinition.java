package dev.lettershop.template.model;

import dev.lettershop.api.v1alpha1.template.SlotType;

/**
 * A slot that a template declares.
 *
 * @param type what its values are, never null
 * @param defaultValue null when a campaign has to fill it
 */
public record SlotDefinition(SlotType type, String defaultValue) {
  public SlotDefinition {
    type = type == null ? SlotType.Text : type;
  }
}
