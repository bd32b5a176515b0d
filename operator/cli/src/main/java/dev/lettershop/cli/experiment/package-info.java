/** {@code lettershop experiment}: planning comparisons of variants. */
package dev.lettershop.cli.experiment;
