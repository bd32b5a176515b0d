package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostgresqlTls(TlsMode mode, SecretKeyRef caSecretRef) {
  static final PostgresqlTls DEFAULT = new PostgresqlTls(null, null);

  public PostgresqlTls {
    mode = Absent.or(mode, TlsMode.VerifyFull);
  }
}
