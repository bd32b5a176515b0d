package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record MailTransportSpec(
    SmtpServer smtp,
    FromPolicy from,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DkimKey> dkim,
    BounceDomain bounces,
    RateLimit rate,
    LinkSettings links) {

  public MailTransportSpec {
    dkim = Absent.list(dkim);
  }
}
