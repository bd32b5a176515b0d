/** Where in the HTML a tag stands, and what may stand there. */
package dev.lettershop.template.place;
