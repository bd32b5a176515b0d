/** What tests of parsers share. Knows none of them, so that every module can use it. */
package dev.lettershop.fuzz;
