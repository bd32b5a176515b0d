/** MailTransport: the relay, signing, rates and where bounces come from. */
package dev.lettershop.api.v1alpha1.transport;
