package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.transport.Bounces;
import dev.lettershop.api.v1alpha1.transport.LinkSettings;

/**
 * All that reading the bounces of one transport needs to know. Secrets appear by reference only.
 *
 * @param name of the transport
 * @param keySecretRef with what envelope senders are signed
 * @param links by which complaints that do not name an envelope sender are found, or null
 */
public record BouncesPlan(
    String namespace,
    String name,
    Plan.Store store,
    SecretKeyRef keySecretRef,
    LinkSettings links,
    Bounces bounces) {}
