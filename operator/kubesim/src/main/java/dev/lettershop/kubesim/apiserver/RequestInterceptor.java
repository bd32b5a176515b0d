package dev.lettershop.kubesim.apiserver;

import java.util.OptionalInt;

/**
 * Steps in around requests, so that one can see what clients do when something goes wrong or
 * changes in just that moment. Called by several threads; may wait and use the server itself, but
 * not for a watch.
 */
public interface RequestInterceptor {
  /** In place of an answer: the connection is closed. */
  int HANG_UP = -1;

  /**
   * What is asked.
   *
   * @param verb such as {@code update}; {@code watch} is among them
   * @param path such as {@code /apis/batch/v1/namespaces/shop/jobs}
   * @param agent who asks, by the header {@code User-Agent}
   */
  record Asked(String verb, String path, String agent) {}

  /**
   * Called before a request is handled.
   *
   * @return the code of an error to be answered in the server's place, or {@link #HANG_UP}; empty
   *     to let it pass
   */
  default OptionalInt before(Asked asked) {
    return OptionalInt.empty();
  }

  /**
   * Called when a request has been handled and its answer is yet to be sent; not for watches.
   *
   * @param code of the answer
   */
  default void after(Asked asked, int code) {}
}
