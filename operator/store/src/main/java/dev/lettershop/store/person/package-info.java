/**
 * What a single person can ask for: everything that is stored about them, and that it be forgotten;
 * and the renewal of the keys that protect it. Profile numbers come in; how tables are filled is
 * not known here.
 */
package dev.lettershop.store.person;
