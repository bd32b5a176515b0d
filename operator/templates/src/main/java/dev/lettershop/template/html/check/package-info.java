/**
 * What is known to go wrong with a mail's HTML in the clients that people read mail in, on the way
 * there, or for those who cannot see well. A prepared mail comes in, problems with their place and
 * remedy go out; each kind has an id that the documentation explains. Finds, but changes nothing.
 */
package dev.lettershop.template.html.check;
