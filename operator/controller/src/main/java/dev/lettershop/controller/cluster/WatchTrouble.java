package dev.lettershop.controller.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;

/**
 * Why a kind cannot be watched.
 *
 * @param message for people
 * @param denied whether the API server refuses it, for want of a right or of the kind
 * @param ours whether it is nothing that the API server or the network did
 */
record WatchTrouble(String message, boolean denied, boolean ours) {

  static WatchTrouble of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException unreadable) {
        return new WatchTrouble(
            "An answer cannot be read: " + unreadable.getClass().getSimpleName(), false, true);
      }
      if (cause instanceof KubernetesClientException answer && answer.getStatus() != null) {
        return new WatchTrouble(answer.getStatus().getMessage(), isDenied(answer), false);
      }
      if (cause instanceof IOException) {
        return new WatchTrouble(cause.toString(), false, false);
      }
    }
    return new WatchTrouble(failure.toString(), false, true);
  }

  private static boolean isDenied(KubernetesClientException answer) {
    return answer.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
        || answer.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        || answer.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }
}
