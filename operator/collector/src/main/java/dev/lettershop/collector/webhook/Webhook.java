package dev.lettershop.collector.webhook;

import dev.lettershop.collector.http.Request;
import java.io.IOException;
import java.util.List;

/** One address that a provider calls. */
interface Webhook {
  /**
   * Verifies a request, then reads it.
   *
   * @throws ForgedException when it does not come from the provider
   * @throws UnreadableException when it is not of the provider's format
   * @throws IOException when the provider has to be asked and does not answer
   */
  List<Notice> receive(Request request) throws ForgedException, UnreadableException, IOException;

  /** One that needs nothing but the request. */
  static Webhook of(Verification verification, NoticeReader reader) {
    return request -> {
      verification.check(request);
      return reader.read(request.body());
    };
  }
}
