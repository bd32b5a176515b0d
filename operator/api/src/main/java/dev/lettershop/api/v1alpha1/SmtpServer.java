package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record SmtpServer(
    String host,
    Integer port,
    SmtpTls tls,
    LocalRef credentialsSecretRef,
    SecretKeyRef caSecretRef,
    Integer connections) {

  public SmtpServer {
    port = Absent.or(port, 587);
    tls = Absent.or(tls, SmtpTls.StartTls);
    connections = Absent.or(connections, 10);
  }
}
