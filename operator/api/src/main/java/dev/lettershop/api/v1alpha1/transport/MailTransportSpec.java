package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Through whom. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MailTransportSpec(
    @JsonPropertyDescription("The SMTP server that takes the mails.") @Required SmtpServer smtp,
    @JsonPropertyDescription(
            "Servers that take mails too, or in place of smtp while it takes none, in this order. At"
                + " most 8.")
        @Size(max = 8)
        @ListKeys("name")
        List<AlternativeServer> alternatives,
    @JsonPropertyDescription("What a campaign may put into From. Anything when absent.")
        FromPolicy from,
    @JsonPropertyDescription(
            "Keys that sign mails, by domain and selector. At most 32. Not signed when absent.")
        @Size(max = 32)
        @ListKeys({"domain", "selector"})
        List<DkimKey> dkim,
    @JsonPropertyDescription(
            "Where bounces and complaints go. To the From address, and unread, when absent.")
        Bounces bounces,
    @JsonPropertyDescription(
            "How fast mails may be sent. As fast as the server takes them when absent.")
        RateLimit rate,
    @JsonPropertyDescription(
            "Where links for unsubscribing and tracking lead. Mails have none when absent.")
        LinkSettings links) {
  public MailTransportSpec {
    alternatives = Absent.list(alternatives);
    dkim = Absent.list(dkim);
  }
}
