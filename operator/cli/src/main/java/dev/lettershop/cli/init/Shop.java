package dev.lettershop.cli.init;

import dev.lettershop.cli.output.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who writes.
 *
 * @param name of the shop, as readers see it
 * @param address that mails come from
 * @param postal where the shop can be reached by letter, for the foot of each mail
 */
record Shop(String name, String address, String postal) {
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+)");

  /** What would be markup or a variable in the mail. */
  private static final Pattern PLAIN = Pattern.compile("[^<>{}\\p{Cntrl}]{1,100}");

  Shop {
    plain("--shop", name);
    plain("--postal-address", postal);
    if (!ADDRESS.matcher(address).matches()) {
      throw new UsageException(
          "--sender " + address + " is not an address such as news@acme.example");
    }
  }

  private static void plain(String option, String text) {
    if (!PLAIN.matcher(text).matches()) {
      throw new UsageException(option + " is 1 to 100 characters in one line, without < > { }");
    }
  }

  String domain() {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      throw new IllegalStateException("checked when it was made");
    }
    return matcher.group(1);
  }
}
