/**
 * The plan compiler: turns a Campaign and all it refers to into one immutable, content-addressed
 * document, or says what is wrong with it. Resources come in, a {@link dev.lettershop.plan.Plan} or
 * diagnostics go out; what ran is what the plan says. Knows no database, no SMTP server, no file,
 * no clock and no Secret's content.
 */
package dev.lettershop.plan;
