package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.transport.AlternativeServer;
import dev.lettershop.api.v1alpha1.transport.DkimKey;
import dev.lettershop.api.v1alpha1.transport.LinkSettings;
import dev.lettershop.api.v1alpha1.transport.SoftBounceLimit;
import dev.lettershop.delivery.dkim.DkimPrivateKey;
import dev.lettershop.delivery.dkim.DkimSigner;
import dev.lettershop.delivery.dkim.DkimSigners;
import dev.lettershop.delivery.dkim.InvalidDkimKeyException;
import dev.lettershop.delivery.dkim.SigningProvider;
import dev.lettershop.delivery.message.EnvelopeSender;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.ReturnAddresses;
import dev.lettershop.delivery.smtp.MailRelay;
import dev.lettershop.delivery.smtp.SeveralRelays;
import dev.lettershop.delivery.smtp.SmtpRelay;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.plan.Plan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.bounce.BounceLog;
import dev.lettershop.worker.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Puts a plan's transport and its Secrets together. What is wrong with a Secret is a {@link
 * RunException} that names the field which refers to it and never quotes it.
 */
public final class TransportAccess {
  private static final int ALL = 100;

  private final Plan.Transport transport;
  private final String store;
  private final Secrets secrets;
  private final String resource;

  public TransportAccess(Plan plan, Secrets secrets) {
    this(plan.transport(), plan.namespace() + "/" + plan.store().name(), secrets);
  }

  /**
   * @param store namespace and name of the store, joined by a slash; return addresses name it
   */
  public TransportAccess(Plan.Transport transport, String store, Secrets secrets) {
    this.transport = transport;
    this.store = store;
    this.secrets = secrets;
    this.resource = "MailTransport/" + transport.name();
  }

  /** Null when the transport has no base URL for links. */
  public RecipientLinks links() {
    return links(secrets, resource, transport.links());
  }

  /**
   * @param links null when there is no base URL for links; then null is returned
   */
  public static RecipientLinks links(Secrets secrets, String resource, LinkSettings links) {
    if (links == null) {
      return null;
    }
    LinkKeys keys = linkKeys(secrets, resource + " spec.links.keySecretRef", links.keySecretRef());
    try {
      return new RecipientLinks(links.baseUrl(), keys);
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(resource + " spec.links.baseUrl: " + e.getMessage());
    }
  }

  /** Where the bounces of a run go; null for the sender. */
  public EnvelopeSender bounces(long runId) {
    Plan.BounceAddresses bounces = transport.bounces();
    return bounces == null
        ? null
        : returnAddresses(
                secrets,
                resource + " spec.bounces.keySecretRef",
                bounces.domain(),
                store,
                bounces.keySecretRef())
            .of(runId);
  }

  /** How often an address may bounce softly. */
  public BounceLog.SoftLimit softLimit() {
    Plan.BounceAddresses bounces = transport.bounces();
    return softLimit(bounces == null ? null : bounces.softLimit());
  }

  /**
   * @param limit or null for the default
   */
  public static BounceLog.SoftLimit softLimit(SoftBounceLimit limit) {
    SoftBounceLimit known = limit == null ? new SoftBounceLimit(null, null) : limit;
    return new BounceLog.SoftLimit(known.bounces(), DurationText.parse(known.within()));
  }

  public static ReturnAddresses returnAddresses(
      Secrets secrets, String field, String domain, String store, SecretKeyRef key) {
    return new ReturnAddresses(domain, store, linkKeys(secrets, field, key));
  }

  static LinkKeys linkKeys(Secrets secrets, String field, SecretKeyRef ref) {
    try {
      return LinkKeys.parse(secrets.require(field, ref.name(), ref.key()));
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(field + ": " + e.getMessage());
    }
  }

  /** Who signs the mails of this plan's sender. */
  public DkimSigners signers() {
    if (transport.dkim().isEmpty()) {
      return DkimSigners.NONE;
    }
    SigningProvider provider = SigningProvider.fastest();
    List<DkimSigner> signers = new ArrayList<>();
    for (DkimKey dkim : transport.dkim()) {
      try {
        signers.add(new DkimSigner(dkim.domain(), dkim.selector(), key(dkim), provider));
      } catch (InvalidDkimKeyException e) {
        throw invalid(dkim, e);
      }
    }
    return new DkimSigners(signers);
  }

  /** What works and could be better. */
  public List<String> warnings() {
    return transport.dkim().stream()
        .flatMap(
            dkim ->
                key(dkim).weakness().stream()
                    .map(weakness -> field(dkim) + ": the key " + weakness))
        .toList();
  }

  /**
   * A key that signs.
   *
   * @throws RunException when its Secret is missing or holds no key
   */
  public DkimPrivateKey key(DkimKey dkim) {
    SecretKeyRef ref = dkim.privateKeySecretRef();
    try {
      return DkimPrivateKey.parse(secrets.require(field(dkim), ref.name(), ref.key()));
    } catch (InvalidDkimKeyException e) {
      throw invalid(dkim, e);
    }
  }

  private RunException invalid(DkimKey dkim, InvalidDkimKeyException why) {
    SecretKeyRef ref = dkim.privateKeySecretRef();
    return RunException.configuration(
        field(dkim)
            + ": the key \""
            + ref.key()
            + "\" of Secret/"
            + ref.name()
            + " "
            + why.getMessage());
  }

  private String field(DkimKey dkim) {
    return resource
        + " spec.dkim (domain "
        + dkim.domain()
        + ", selector "
        + dkim.selector()
        + ") privateKeySecretRef";
  }

  /**
   * What takes the mails: the server, or one of several. Credentials are read at once, and again
   * for each connection. The caller closes it.
   *
   * @param random uniform in [0, 1), for shares; must be thread-safe
   */
  public MailRelay relay(DoubleSupplier random) {
    List<SmtpSettings> servers = servers();
    if (servers.size() == 1) {
      return new SmtpRelay(servers.get(0));
    }
    List<AlternativeServer> alternatives = transport.alternatives();
    int others = alternatives.stream().mapToInt(TransportAccess::share).reduce(0, Integer::sum);
    List<SeveralRelays.Choice> choices = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      int share = i == 0 ? ALL - others : share(alternatives.get(i - 1));
      choices.add(new SeveralRelays.Choice(new SmtpRelay(servers.get(i)), share));
    }
    return new SeveralRelays(choices, random, System::nanoTime);
  }

  private static int share(AlternativeServer server) {
    return server.share() == null ? 0 : server.share();
  }

  /**
   * How to reach the servers that take the mails, in their order.
   *
   * @throws RunException when a Secret is missing or a value is of no use
   */
  public List<SmtpSettings> servers() {
    List<SmtpSettings> servers = new ArrayList<>();
    servers.add(SmtpAccess.settings(transport.smtp(), resource + " spec.smtp", secrets));
    for (AlternativeServer other : transport.alternatives()) {
      servers.add(
          SmtpAccess.settings(
              other.server(), resource + " spec.alternatives " + other.name(), secrets));
    }
    return servers;
  }
}
