/** Plain text: the text alternative of an HTML body, and header lines. */
package dev.lettershop.template.text;
