package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.collector.KafkaBuffer;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.source.HttpAuth;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.transport.AlternativeServer;
import dev.lettershop.api.v1alpha1.transport.BounceMailbox;
import dev.lettershop.api.v1alpha1.transport.MailAuth;
import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.SourcePlan;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Secrets that a plan refers to, as volumes: one a Secret, with no key that is not named. Not
 * thread-safe.
 */
final class SecretFiles {
  /** Owner and group may read: the group is the Pod's. */
  static final int MODE = 0440;

  private static final List<String> CREDENTIALS = List.of("username", "password");
  private static final List<String> TOKEN = List.of("username", "token");

  private final SortedMap<String, SortedSet<String>> keys = new TreeMap<>();

  SecretFiles add(Plan.Store store) {
    return database(store, store.postgresql().credentialsSecretRef());
  }

  private SecretFiles database(Plan.Store store, LocalRef credentials) {
    credentials(credentials, CREDENTIALS);
    key(store.postgresql().tls().caSecretRef());
    if (store.encryption() != null) {
      key(store.encryption().keysetSecretRef());
    }
    return this;
  }

  SecretFiles add(Plan.Transport transport) {
    login(transport.smtp().credentialsSecretRef(), transport.smtp().auth());
    key(transport.smtp().caSecretRef());
    for (AlternativeServer other : transport.alternatives()) {
      login(other.credentialsSecretRef(), other.auth());
      key(other.caSecretRef());
    }
    if (transport.links() != null) {
      key(transport.links().keySecretRef());
    }
    transport.dkim().forEach(dkim -> key(dkim.privateKeySecretRef()));
    if (transport.bounces() != null) {
      key(transport.bounces().keySecretRef());
    }
    return this;
  }

  /** The store of a source, and what the source itself needs to be read. */
  SecretFiles add(SourcePlan source) {
    add(source.store());
    ProfileSourceSpec spec = source.spec();
    if (spec.jdbc() != null) {
      credentials(spec.jdbc().credentialsSecretRef(), CREDENTIALS);
      key(spec.jdbc().tls().caSecretRef());
    }
    if (spec.http() != null) {
      http(spec.http().auth());
    }
    if (spec.kafka() != null) {
      credentials(spec.kafka().credentialsSecretRef(), CREDENTIALS);
      key(spec.kafka().caSecretRef());
    }
    if (spec.mongodb() != null) {
      key(spec.mongodb().uriSecretRef());
    }
    return this;
  }

  private void http(HttpAuth auth) {
    switch (auth.type()) {
      case None -> {}
      case Bearer -> credentials(auth.credentialsSecretRef(), List.of("token"));
      case Basic -> credentials(auth.credentialsSecretRef(), CREDENTIALS);
      case OAuth2ClientCredentials ->
          credentials(auth.credentialsSecretRef(), List.of("clientId", "clientSecret"));
    }
  }

  /** The store of a model, and what its server wants to know. */
  SecretFiles add(ModelPlan model) {
    add(model.store());
    if (model.spec().remote() != null) {
      http(model.spec().remote().auth());
    }
    return this;
  }

  SecretFiles add(BouncesPlan plan) {
    add(plan.store());
    key(plan.keySecretRef());
    if (plan.links() != null) {
      key(plan.links().keySecretRef());
    }
    BounceMailbox mailbox = plan.bounces().mailbox();
    if (mailbox != null) {
      login(mailbox.credentialsSecretRef(), mailbox.auth());
      key(mailbox.caSecretRef());
    }
    return this;
  }

  /** What answering requests needs. */
  SecretFiles addForRequests(CollectorPlan plan) {
    database(
        plan.store(),
        plan.credentialsSecretRef() == null
            ? plan.store().postgresql().credentialsSecretRef()
            : plan.credentialsSecretRef());
    plan.links().forEach(links -> key(links.keySecretRef()));
    for (CollectorPlan.Source source : plan.sources()) {
      key(source.writeKeySecretRef());
      key(source.userKeySecretRef());
      key(source.signingKeySecretRef());
    }
    plan.webhooks().forEach(webhook -> key(webhook.keySecretRef()));
    KafkaBuffer kafka = plan.buffer().kafka();
    if (kafka != null) {
      credentials(kafka.credentialsSecretRef(), CREDENTIALS);
      key(kafka.caSecretRef());
    }
    return this;
  }

  /** What turning events into profiles, and asking people to confirm, needs. */
  SecretFiles addForMapping(CollectorPlan plan) {
    add(plan.store());
    if (plan.confirmation() != null) {
      add(plan.confirmation().transport());
    }
    return this;
  }

  private void login(LocalRef secret, MailAuth auth) {
    credentials(secret, auth == MailAuth.XOAuth2 ? TOKEN : CREDENTIALS);
  }

  private void credentials(LocalRef secret, List<String> names) {
    if (secret != null) {
      keys.computeIfAbsent(secret.name(), name -> new TreeSet<>()).addAll(names);
    }
  }

  private void key(SecretKeyRef ref) {
    if (ref != null) {
      keys.computeIfAbsent(ref.name(), name -> new TreeSet<>()).add(ref.key());
    }
  }

  List<Volume> volumes() {
    return keys.entrySet().stream()
        .map(
            secret ->
                new VolumeBuilder()
                    .withName(volume(secret.getKey()))
                    .withNewSecret()
                    .withSecretName(secret.getKey())
                    .withDefaultMode(MODE)
                    .withItems(
                        secret.getValue().stream()
                            .map(key -> new KeyToPath(key, null, key))
                            .toList())
                    .endSecret()
                    .build())
        .toList();
  }

  List<VolumeMount> mounts() {
    return keys.keySet().stream()
        .map(
            secret ->
                new VolumeMountBuilder()
                    .withName(volume(secret))
                    .withMountPath(WorkerPlaces.SECRETS + "/" + secret)
                    .withReadOnly(true)
                    .build())
        .toList();
  }

  private static String volume(String secret) {
    return Names.volume("secret", secret);
  }
}
