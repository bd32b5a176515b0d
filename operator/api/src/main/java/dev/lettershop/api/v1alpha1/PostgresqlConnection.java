package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostgresqlConnection(
    String host, Integer port, String database, LocalRef credentialsSecretRef, PostgresqlTls tls) {

  public PostgresqlConnection {
    port = Absent.or(port, 5432);
    tls = Absent.or(tls, PostgresqlTls.DEFAULT);
  }
}
