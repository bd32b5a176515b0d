package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record JdbcSource(
    String url,
    LocalRef credentialsSecretRef,
    String query,
    String watermarkColumn,
    Integer fetchSize) {

  public JdbcSource {
    fetchSize = Absent.or(fetchSize, 1000);
  }
}
