package dev.lettershop.api.v1alpha1.collector.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Lets people sign up. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorSignUp(
    @JsonPropertyDescription("Forms by which people sign up. 1 to 32.")
        @Required
        @Size(min = 1, max = 32)
        @ListKeys("name")
        List<SignUpForm> forms,
    @JsonPropertyDescription(
            "The mail that asks people to confirm. Needed when a form has a topic with optIn"
                + " Double.")
        SignUpConfirmation confirmation) {
  public CollectorSignUp {
    forms = Absent.list(forms);
  }
}
