/** Commands that show mails: preview, render, send-test. */
package dev.lettershop.cli.preview;
