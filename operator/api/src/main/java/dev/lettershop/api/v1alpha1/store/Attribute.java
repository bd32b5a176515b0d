package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An attribute that profiles of a store have, besides the built-in ones. */
@ValidationRule(
    value = "!(self.name in ['id', 'email', 'locale', 'time_zone', 'created_at', 'updated_at'])",
    message =
        "must not be one of the built-in attributes id, email, locale, time_zone, created_at,"
            + " updated_at: every profile has them",
    fieldPath = ".name")
@ValidationRule(
    value =
        "!(self.name in ['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else',"
            + " 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return',"
            + " 'var', 'void', 'while'])",
    message = "must not be a reserved word of CEL: rules could not name the attribute",
    fieldPath = ".name")
@ValidationRule(
    value =
        "!(self.name in ['email_key', 'extra', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax',"
            + " 'tableoid'])",
    message = "must not be a column that PostgreSQL or the store keeps for itself",
    fieldPath = ".name")
@ValidationRule(
    value =
        "self.type == oldSelf.type || (oldSelf.type == 'Integer' && self.type in ['Double',"
            + " 'String']) || (oldSelf.type in ['Boolean', 'Double', 'Timestamp'] && self.type =="
            + " 'String') || (oldSelf.type == 'String' && self.type == 'StringList')",
    message =
        "must not change but to a wider type (Integer to Double; Integer, Double, Boolean or"
            + " Timestamp to String; String to StringList): profiles hold values of the old type;"
            + " declare an attribute with another name",
    fieldPath = ".type")
@ValidationRule(
    value =
        "!has(self.deterministic) || !self.deterministic"
            + " || (self.type == 'String' && has(self.pii) && self.pii)",
    message = "is only for an attribute of type String with pii: true",
    fieldPath = ".deterministic")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Attribute(
    @JsonPropertyDescription(
            "Name by which rules and templates know the attribute (profile.<name>), and its column"
                + " in PostgreSQL. Lower case letters, digits and underscores, a letter first, at"
                + " most 63 characters.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription(
            "Type of the values: String, Boolean, Integer (64 bits), Double, Timestamp or"
                + " StringList. Can be changed later to a wider type only.")
        @Required
        AttributeType type,
    @JsonPropertyDescription(
            "Whether values are personal data: never shown or logged, and encrypted when the store"
                + " has a keyset. Templates see the clear value; rules cannot use an encrypted"
                + " attribute, except has(…), and == and in when it is deterministic. Default"
                + " false.")
        Boolean pii,
    @JsonPropertyDescription(
            "Whether equal values are encrypted to equal cipher texts, so that rules can compare them"
                + " with == and in. Whoever sees the database then sees who shares a value, and"
                + " erasing a person's key does not make it unreadable; so only for values that tell"
                + " people apart, such as a phone number. Only for a String with pii: true, and"
                + " without meaning when the store does not encrypt. Default false.")
        Boolean deterministic,
    @JsonPropertyDescription(
            "Name that the attribute had before; its values are kept. May stay there when done.")
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String renamedFrom) {
  /** An attribute that has always had its name. */
  public Attribute(String name, AttributeType type, Boolean pii, Boolean deterministic) {
    this(name, type, pii, deterministic, null);
  }

  public Attribute {
    pii = Absent.or(pii, false);
  }

  /** One whose equal values do not look equal when they are encrypted. */
  public Attribute(String name, AttributeType type, Boolean pii) {
    this(name, type, pii, null);
  }
}
