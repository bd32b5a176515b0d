/** Looks at the first records of a source and says what they hold, keeping none of their values. */
package dev.lettershop.source.describe;
