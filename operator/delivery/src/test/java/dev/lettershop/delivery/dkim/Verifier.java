package dev.lettershop.delivery.dkim;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.PublicKeyRecordRetriever;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.PermFailException;

/** Apache jDKIM with a DNS of its own. */
final class Verifier {
  private final Map<String, String> dns;

  /**
   * @param dns TXT records by name
   */
  Verifier(Map<String, String> dns) {
    this.dns = dns;
  }

  /** The signatures that are valid; throws unless all are. */
  List<SignatureRecord> verify(byte[] message) throws Exception {
    List<SignatureRecord> valid =
        new DKIMVerifier(retriever()).verify(new ByteArrayInputStream(message));
    return valid == null ? List.of() : valid;
  }

  boolean accepts(byte[] message) throws Exception {
    try {
      return !verify(message).isEmpty();
    } catch (FailException refused) {
      return false;
    }
  }

  private PublicKeyRecordRetriever retriever() {
    return (methodAndOption, selector, token) -> {
      String record = dns.get(selector + "._domainkey." + token);
      if (record == null) {
        throw new PermFailException("no key for signature");
      }
      return new ArrayList<>(List.of(record));
    };
  }
}
