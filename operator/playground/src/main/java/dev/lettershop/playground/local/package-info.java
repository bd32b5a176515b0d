/**
 * The playground as a whole: which parts there are, in which order they start and end, and in which
 * folder they leave what people want to look at. Knows the parts, not what is done with them.
 */
package dev.lettershop.playground.local;
