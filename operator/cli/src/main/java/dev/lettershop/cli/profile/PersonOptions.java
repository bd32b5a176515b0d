package dev.lettershop.cli.profile;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.store.Store;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say whom a command is about. */
final class PersonOptions {
  @Parameters(
      paramLabel = "PROFILE",
      arity = "0..1",
      description = "The profile's number, or an identity such as customer_id=4711.")
  private String profile;

  @Option(names = "--email", paramLabel = "ADDRESS", description = "The address of the person.")
  private String email;

  /**
   * @throws UsageException when nobody is named, or nobody is known by that
   */
  void check() {
    if ((profile == null) == (email == null)) {
      throw new UsageException("Name one person: by PROFILE, or by --email ADDRESS");
    }
  }

  /** Whether somebody is named. */
  boolean isGiven() {
    return profile != null || email != null;
  }

  /** The profile's number. */
  long number(Store store) {
    if (email != null) {
      return store.profiles().find("email", email).orElseThrow(PersonOptions::nobody);
    }
    int equals = profile.indexOf('=');
    if (equals > 0) {
      return store
          .profiles()
          .find(profile.substring(0, equals), profile.substring(equals + 1))
          .orElseThrow(PersonOptions::nobody);
    }
    if (!profile.matches("[0-9]{1,18}")) {
      throw new UsageException(
          "PROFILE is a number, or an identity as KIND=VALUE; addresses go with --email");
    }
    return Long.parseLong(profile);
  }

  static UsageException nobody() {
    return new UsageException("No such profile in the store");
  }
}
