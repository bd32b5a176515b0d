/** Commands about the audit log. */
package dev.lettershop.cli.audit;
