package dev.lettershop.template.model;

import dev.lettershop.diagnostic.Problem;
import java.util.List;

/**
 * A template field, read.
 *
 * @param tokens blocks are balanced, even when there were errors
 */
public record Scan(List<Token> tokens, List<Problem> problems) {}
