package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What became of a desired object. */
public sealed interface Applied<T extends HasMetadata> {
  /**
   * It did not exist and does now.
   *
   * @param object as the server has it
   */
  record Created<T extends HasMetadata>(T object) implements Applied<T> {}

  /**
   * It existed and differed.
   *
   * @param object as the server has it now
   */
  record Updated<T extends HasMetadata>(T object) implements Applied<T> {}

  /**
   * It existed as desired; nothing was sent.
   *
   * @param object as it was found; must not be changed
   */
  record Unchanged<T extends HasMetadata>(T object) implements Applied<T> {}

  /**
   * An object that is not ours, or not any more, has the name; nothing was changed.
   *
   * @param vanishing whether it goes by itself: it is being deleted, or was made for an earlier
   *     owner of the same kind and name. Then it is enough to try again once it is gone
   */
  record Conflict<T extends HasMetadata>(String kind, String name, boolean vanishing)
      implements Applied<T> {}

  /**
   * The server considers the object invalid: something that a user wrote is at fault, and trying
   * again cannot help.
   *
   * @param message the server's words
   */
  record Refused<T extends HasMetadata>(String kind, String name, String message)
      implements Applied<T> {}
}
