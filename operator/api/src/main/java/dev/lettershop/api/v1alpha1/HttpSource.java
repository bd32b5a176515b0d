package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpSource(
    String url,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> headers,
    HttpAuth auth,
    HttpPaging paging,
    String itemsPath,
    Integer requestsPerSecond,
    Boolean allowPrivateAddresses) {

  public HttpSource {
    headers = Absent.map(headers);
    requestsPerSecond = Absent.or(requestsPerSecond, 10);
    allowPrivateAddresses = Absent.or(allowPrivateAddresses, false);
  }
}
