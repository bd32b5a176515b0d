package dev.lettershop.source.sync;

import dev.lettershop.source.connect.ConnectorException;

/**
 * A source fails again and again in a way that waiting may fix. What was committed before stays,
 * and the next sync goes on from there. The message holds no personal data.
 */
public final class SourceUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SourceUnavailableException(String source, ConnectorException failure, int tries) {
    super(
        "ProfileSource/"
            + source
            + " "
            + failure.field()
            + ": "
            + failure.getMessage()
            + "; tried "
            + tries
            + " times"
            + (failure.fix() == null ? "" : "; " + failure.fix()),
        failure);
  }
}
