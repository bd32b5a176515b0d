/**
 * A mail's HTML while it is prepared: read once, with its tags of the template language as marks,
 * and changed in place, so that what nobody asked to change stays as its author wrote it. Knows
 * nothing of MJML and of what makes a mail good.
 */
package dev.lettershop.template.html.inline;
