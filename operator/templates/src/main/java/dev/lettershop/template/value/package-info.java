/** How values are written: dates, numbers, escaping, and bounds on the output. */
package dev.lettershop.template.value;
