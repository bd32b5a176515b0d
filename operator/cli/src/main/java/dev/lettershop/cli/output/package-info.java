/** What commands share: options, output formats, diagnostics, errors, manifests. */
package dev.lettershop.cli.output;
