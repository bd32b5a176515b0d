package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A name and an address (RFC 5322 §3.4). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Mailbox(
    @JsonPropertyDescription("Name that mail programs show. The address when absent.")
        @Size(max = 128)
        @Pattern(Formats.ONE_LINE)
        String name,
    @JsonPropertyDescription(
            "Address, such as news@shop.example. Before the @ there are letters, digits and signs of"
                + " ASCII only; the domain may be international, such as straße.example.")
        @Required
        @Size(min = 3, max = Formats.EMAIL_MAX)
        @Pattern(Formats.EMAIL)
        String address) {}
