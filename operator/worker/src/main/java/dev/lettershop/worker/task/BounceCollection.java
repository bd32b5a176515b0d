package dev.lettershop.worker.task;

import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.api.v1alpha1.transport.BounceMailbox;
import dev.lettershop.delivery.bounce.BounceReader;
import dev.lettershop.delivery.bounce.ImapMailbox;
import dev.lettershop.delivery.bounce.ImapSettings;
import dev.lettershop.delivery.bounce.Mailbox;
import dev.lettershop.delivery.bounce.SpoolMailbox;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.delivery.message.ReturnAddresses;
import dev.lettershop.delivery.smtp.SmtpSettings;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.store.Store;
import dev.lettershop.store.bounce.BounceLog;
import dev.lettershop.worker.Cancellation;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.SmtpAccess;
import dev.lettershop.worker.access.StoreAccess;
import dev.lettershop.worker.access.TransportAccess;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Reads the bounces of one transport into its store. */
public final class BounceCollection {
  private final Secrets secrets;
  private final Path volume;
  private final Cancellation cancellation;

  /**
   * @param volume where the spool's volume is mounted
   */
  public BounceCollection(Secrets secrets, Path volume, Cancellation cancellation) {
    this.secrets = secrets;
    this.volume = volume;
    this.cancellation = cancellation;
  }

  /**
   * Reads all there is.
   *
   * @throws RunException when a Secret is missing, or the mailbox cannot be read
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public BounceCounts collect(BouncesPlan plan) {
    String resource = "MailTransport/" + plan.name();
    ReturnAddresses addresses =
        TransportAccess.returnAddresses(
            secrets,
            resource + " spec.bounces.keySecretRef",
            plan.bounces().domain(),
            plan.namespace() + "/" + plan.store().name(),
            plan.keySecretRef());
    RecipientLinks links = TransportAccess.links(secrets, resource, plan.links());
    BounceLog.SoftLimit limit = TransportAccess.softLimit(plan.bounces().softLimit());
    try (Mailbox mailbox = mailbox(plan, resource);
        CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan.store(), secrets, files)) {
      store.migrate(plan.store().schema());
      return new BounceReader(
              store.bounces(), limit, plan.name(), addresses, links, store.heldBounces()::count)
          .read(mailbox, cancellation::isCancelled);
    } catch (ImapMailbox.LoginRefusedException e) {
      throw RunException.configuration(
          resource + " spec.bounces.mailbox.credentialsSecretRef: " + e.getMessage(), e);
    } catch (NotDirectoryException e) {
      throw RunException.configuration(
          resource + " spec.bounces.spool.path: folder not found: " + e.getMessage(), e);
    } catch (IOException e) {
      throw RunException.retry(resource + " spec.bounces: " + e.getMessage(), e);
    }
  }

  private Mailbox mailbox(BouncesPlan plan, String resource) throws IOException {
    if (plan.bounces().spool() != null) {
      return new SpoolMailbox(volume.resolve(plan.bounces().spool().path()).normalize());
    }
    BounceMailbox mailbox = plan.bounces().mailbox();
    String field = resource + " spec.bounces.mailbox.";
    try {
      return new ImapMailbox(
          new ImapSettings(
              mailbox.host(),
              mailbox.port(),
              SmtpSettings.Tls.valueOf(mailbox.tls().name()),
              SmtpAccess.credentials(
                      mailbox.credentialsSecretRef(),
                      mailbox.auth(),
                      field + "credentialsSecretRef",
                      secrets)
                  .get(),
              SmtpAccess.ca(mailbox.caSecretRef(), field + "caSecretRef", secrets),
              mailbox.folder(),
              mailbox.doneFolder(),
              mailbox.unknownFolder()));
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(resource + " spec.bounces.mailbox: " + e.getMessage());
    }
  }
}
