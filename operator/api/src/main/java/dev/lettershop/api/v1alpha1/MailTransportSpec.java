package dev.lettershop.api.v1alpha1;

import java.util.List;

public record MailTransportSpec(
    SmtpServer smtp,
    FromPolicy from,
    List<DkimKey> dkim,
    BounceDomain bounces,
    RateLimit rate,
    LinkSettings links) {}
