package dev.lettershop.source.clean;

import dev.lettershop.api.v1alpha1.field.FieldKind;
import dev.lettershop.api.v1alpha1.field.InvalidValue;

/** What becomes of the values of one field that cannot be used. */
public enum InvalidValues {
  /** The record is set aside. */
  CostTheRecord,
  /** The record goes on, as long as not too many values of the field are dropped. */
  DropSome,
  /** The record goes on. */
  Drop,
  /** The record goes on with the field's default. */
  TakeDefault;

  /**
   * What a source declares, or what suits the field: what people type by hand is often wrong, what
   * programs write seldom is, unless the whole column is read in a wrong way.
   *
   * @param strict whether any invalid record stops the sync
   */
  public static InvalidValues of(InvalidValue declared, FieldKind kind, boolean strict) {
    if (declared == null && strict) {
      return CostTheRecord;
    }
    if (declared == null) {
      return kind == FieldKind.Text || kind == FieldKind.Email ? DropSome : Drop;
    }
    return switch (declared) {
      case Quarantine -> CostTheRecord;
      case DropValue -> Drop;
      case Default -> TakeDefault;
    };
  }

  public boolean keepsRecord() {
    return this != CostTheRecord;
  }

  public boolean isLimited() {
    return this == DropSome;
  }
}
