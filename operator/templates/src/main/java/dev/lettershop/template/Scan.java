package dev.lettershop.template;

import dev.lettershop.diagnostic.Problem;
import java.util.List;

/**
 * A template field, read.
 *
 * @param tokens blocks are balanced, even when there were errors
 */
record Scan(List<Token> tokens, List<Problem> problems) {}
