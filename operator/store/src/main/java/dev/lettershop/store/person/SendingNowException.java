package dev.lettershop.store.person;

/** A mail to the person is on its way at this moment; it is over in a minute or two. */
public final class SendingNowException extends RuntimeException {
  SendingNowException(String run) {
    super(
        "The run "
            + run
            + " is sending a mail to this profile at this moment; nothing was erased. Try again in a"
            + " minute");
  }
}
