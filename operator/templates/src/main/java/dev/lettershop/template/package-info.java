/**
 * E-mail templates: checking and compiling them once, rendering them for each recipient. An
 * EmailTemplate's spec and a profile schema come in; strings, problems with their place and, per
 * recipient, finished texts go out. Templates and profile values are untrusted: rendering sees
 * Maps, lists and plain values only, is bounded in size and work, and escapes for the place. Knows
 * no file, no class path, no clock and no MIME.
 */
package dev.lettershop.template;
