package dev.lettershop.cli.doctor;

import java.util.List;

/** What DNS says about mail. */
interface MailDns {

  /** Nobody answered: nothing can be said. */
  final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Texts of a name, each in one piece; empty when there are none. */
  List<String> texts(String name) throws UnreachableException;

  /** Hosts that take mail for a domain, the preferred first; {@code .} for none at all. */
  List<String> exchanges(String domain) throws UnreachableException;

  /** Addresses of a host. */
  List<String> addresses(String host) throws UnreachableException;

  /** Names that an address has (PTR). */
  List<String> names(String address) throws UnreachableException;
}
