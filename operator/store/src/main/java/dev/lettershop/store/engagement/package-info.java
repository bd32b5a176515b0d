/**
 * Who opens and clicks are held to be of, and what that comes to: figures and events. The rules are
 * elsewhere; here verdicts are recorded, each with all that follows from it.
 */
package dev.lettershop.store.engagement;
