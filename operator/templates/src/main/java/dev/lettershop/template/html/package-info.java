/**
 * What is done to a body once per template, before any recipient is known: MJML becomes HTML, style
 * sheets move into the elements, the result is checked. A body with its partials in place comes in,
 * the tags of the template language still in it; HTML with the same tags, and problems with their
 * place, go out. Pure: knows no recipient, no resource and no file.
 */
package dev.lettershop.template.html;
