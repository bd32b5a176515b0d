package dev.lettershop.collector.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates with which SNS signs: for the name of SNS, and issued by an authority that is
 * trusted. Their file holds no other certificate, so those between are had from where the
 * certificate says ({@code caIssuers}, RFC 5280 §4.2.2.1), which the Java platform does when
 * {@value #FETCH_ISSUERS} is set. Thread-safe.
 */
final class SnsCertificates {
  static final String FETCH_ISSUERS = "com.sun.security.enableAIAcaIssuers";

  private static final String ISSUER_INFORMATION = "1.3.6.1.5.5.7.1.1";
  private static final int DNS_NAME = 2;
  private static final int MOST = 64;
  private static final Pattern NAME =
      Pattern.compile("sns(\\.[a-z0-9-]{1,40})?\\.amazonaws\\.com(\\.cn)?");

  private final SnsClient client;
  private final Set<TrustAnchor> anchors;
  private final Clock clock;
  private final Map<URI, X509Certificate> known = new ConcurrentHashMap<>();

  SnsCertificates(SnsClient client, Set<TrustAnchor> anchors, Clock clock) {
    this.client = client;
    this.anchors = Set.copyOf(anchors);
    this.clock = clock;
  }

  /** The authorities that the Java platform trusts. */
  static Set<TrustAnchor> platform() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      return Arrays.stream(trust.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
          .map(authority -> new TrustAnchor(authority, null))
          .collect(Collectors.toSet());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The Java platform has no authorities to trust", e);
    }
  }

  /**
   * @param address one of {@link SnsHosts}
   * @throws ForgedException when what is there is not SNS's
   * @throws IOException when it cannot be told now
   */
  X509Certificate at(URI address) throws ForgedException, IOException {
    X509Certificate certificate = known.get(address);
    if (certificate == null) {
      certificate = trusted(read(client.get(address)));
      if (known.size() < MOST) {
        known.put(address, certificate);
      }
    }
    return certificate;
  }

  private static List<X509Certificate> read(byte[] file) throws ForgedException {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(file))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (GeneralSecurityException unreadable) {
      // The same as none.
    }
    throw new ForgedException("the certificate cannot be read");
  }

  private X509Certificate trusted(List<X509Certificate> file) throws ForgedException, IOException {
    X509Certificate signer = file.get(0);
    try {
      if (!isNamed(signer)) {
        throw new ForgedException("the certificate is not for SNS");
      }
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(signer);
      PKIXBuilderParameters wanted = new PKIXBuilderParameters(anchors, target);
      wanted.setRevocationEnabled(false);
      wanted.setDate(Date.from(clock.instant()));
      wanted.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(file)));
      CertPathBuilder.getInstance("PKIX").build(wanted);
      return signer;
    } catch (CertPathBuilderException e) {
      if (signer.getExtensionValue(ISSUER_INFORMATION) == null) {
        throw new ForgedException("the certificate is not from an authority that is trusted");
      }
      throw new IOException(
          "The issuer of SNS's certificate cannot be verified; is http://*.amazontrust.com in"
              + " reach?",
          e);
    } catch (GeneralSecurityException e) {
      throw new ForgedException("the certificate is not valid");
    }
  }

  private static boolean isNamed(X509Certificate certificate) throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names != null
        && names.stream()
            .anyMatch(
                name ->
                    name.get(0).equals(DNS_NAME) && NAME.matcher((String) name.get(1)).matches());
  }
}
