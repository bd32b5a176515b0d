/** What the template languages have in common: tokens, names with their meanings, and guards. */
package dev.lettershop.template.model;
