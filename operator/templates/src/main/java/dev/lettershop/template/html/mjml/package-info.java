/**
 * MJML, checked and laid out as HTML (by mjml4j). A body with marks for the template's tags comes
 * in, HTML with the same marks goes out; layout is computed before any recipient is known.
 */
package dev.lettershop.template.html.mjml;
