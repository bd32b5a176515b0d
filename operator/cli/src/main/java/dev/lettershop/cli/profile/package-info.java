/** Commands about one person: export, forget, conflicts, consents. */
package dev.lettershop.cli.profile;
