package dev.lettershop.collector.webhook;

import dev.lettershop.collector.http.Request;

/** Whether a request comes from whom it says. Looks at the bytes before anybody reads them. */
@FunctionalInterface
interface Verification {
  /**
   * @throws ForgedException when it does not
   */
  void check(Request request) throws ForgedException;
}
