package dev.lettershop.playground.api;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;

/** The API server said no, or said nothing. The message is a sentence for people. */
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int UNPROCESSABLE = 422;

  private final int code;
  private final transient List<StatusCause> causes;

  private ApiFailure(int code, String message, List<StatusCause> causes, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.causes = causes;
  }

  static ApiFailure of(KubernetesClientException failure, String server) {
    Status status = failure.getStatus();
    if (failure.getCode() <= 0 && status == null) {
      return new ApiFailure(
          0,
          "The API server at " + server + " does not answer (" + reason(failure) + ")",
          List.of(),
          failure);
    }
    String message = status == null ? null : status.getMessage();
    List<StatusCause> causes =
        status == null || status.getDetails() == null || status.getDetails().getCauses() == null
            ? List.of()
            : List.copyOf(status.getDetails().getCauses());
    return new ApiFailure(
        failure.getCode(),
        message == null || message.isBlank()
            ? "The API server at " + server + " answers " + failure.getCode()
            : message,
        causes,
        failure);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** What is wrong with which field, when the server says so. */
  public List<StatusCause> causes() {
    return causes;
  }

  /** Whether the resource itself was at fault, not the server or the way to it. */
  public boolean isRefusal() {
    return code == UNPROCESSABLE
        || code == HttpURLConnection.HTTP_BAD_REQUEST
        || code == HttpURLConnection.HTTP_FORBIDDEN;
  }

  boolean isConflict() {
    return code == HttpURLConnection.HTTP_CONFLICT;
  }

  boolean isNotFound() {
    return code == HttpURLConnection.HTTP_NOT_FOUND;
  }
}
