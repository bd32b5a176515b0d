/** {@code lettershop suppression}: who gets no mail, why, and lifting it. */
package dev.lettershop.cli.suppression;
