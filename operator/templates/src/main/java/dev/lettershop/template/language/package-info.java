/** The contract that each template language fulfils. */
package dev.lettershop.template.language;
