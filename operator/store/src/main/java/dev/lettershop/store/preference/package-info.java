/**
 * What a person says on a page or by a link in a mail: consents to topics, a pause, a sign-up and
 * its confirmation. A run and a profile come in by number, as links name them; who may say
 * something, and how a page looks, is not known here.
 */
package dev.lettershop.store.preference;
