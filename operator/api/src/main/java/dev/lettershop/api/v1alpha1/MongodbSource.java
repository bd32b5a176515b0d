package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record MongodbSource(
    SecretKeyRef uriSecretRef,
    String database,
    String collection,
    String filter,
    Boolean changeStream) {

  public MongodbSource {
    changeStream = Absent.or(changeStream, false);
  }
}
