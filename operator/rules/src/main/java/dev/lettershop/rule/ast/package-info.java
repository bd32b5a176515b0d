/**
 * The checked form of a rule: a tree of typed expressions, what it is made of and what bounds it.
 * All engines and compilers share it; it knows neither CEL text nor how an answer is found.
 */
package dev.lettershop.rule.ast;
