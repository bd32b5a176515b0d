package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpAuth(
    HttpAuthType type,
    LocalRef credentialsSecretRef,
    String tokenUrl,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> scopes) {

  public HttpAuth {
    type = Absent.or(type, HttpAuthType.None);
    scopes = Absent.list(scopes);
  }
}
