package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A file that mails of a campaign carry, or a picture in them. */
@ValidationRule(
    value = "[has(self.url), has(self.urlProperty), has(self.contentProperty)].exists_one(x, x)",
    message = "exactly one of url, urlProperty and contentProperty must be set")
@ValidationRule(
    value = "has(self.urlProperty) == (has(self.hosts) && self.hosts.size() > 0)",
    message = "must be set with urlProperty, and only then",
    fieldPath = ".hosts")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CampaignAttachment(
    @JsonPropertyDescription("Name of the file, such as invoice.pdf.")
        @Required
        @Size(min = 1, max = 100)
        @Pattern("^[^\\x00-\\x1f\\x7f/\\\\\"]+$")
        String name,
    @JsonPropertyDescription("Its media type, such as application/pdf.")
        @Required
        @Size(min = 3, max = 100)
        @Pattern("^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]*$")
        String type,
    @JsonPropertyDescription("Where it is: the same for everybody, and read once a run.")
        @Size(min = 1, max = Formats.URL_MAX)
        @Pattern(Formats.HTTP_URL)
        String url,
    @JsonPropertyDescription(
            "Property of the event that triggers, with the URL of the person's file (https).")
        @Size(min = 1, max = Formats.LABEL_MAX)
        String urlProperty,
    @JsonPropertyDescription(
            "Hosts that urlProperty may lead to: whoever sends events must not choose what the"
                + " worker reads. At most 10.")
        @Size(max = 10)
        List<@Size(min = 1, max = Formats.SUBDOMAIN_MAX) String> hosts,
    @JsonPropertyDescription("Property of the event that triggers, with the file in base64.")
        @Size(min = 1, max = Formats.LABEL_MAX)
        String contentProperty,
    @JsonPropertyDescription(
            "Largest size in KiB, 1 to 10240; a larger file is not sent, and neither is the mail."
                + " Default 1024.")
        @Min(1)
        @Max(10240)
        Integer maxKibibytes,
    @JsonPropertyDescription(
            "Of a picture in the mail: by which the template names it, such as cid:logo@shop.example"
                + " for logo@shop.example. Attached when absent.")
        @Size(min = 3, max = 100)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*$")
        String contentId,
    @JsonPropertyDescription(
            "Whether the mail goes out without it when the event lacks the property. Default false:"
                + " then nobody gets a mail without it.")
        Boolean optional,
    @JsonPropertyDescription(
            "Whether it may be read from private addresses, and without TLS. Default false.")
        Boolean allowPrivateAddresses) {
  public CampaignAttachment {
    hosts = Absent.list(hosts);
    maxKibibytes = Absent.or(maxKibibytes, 1024);
    optional = Absent.or(optional, false);
    allowPrivateAddresses = Absent.or(allowPrivateAddresses, false);
  }
}
