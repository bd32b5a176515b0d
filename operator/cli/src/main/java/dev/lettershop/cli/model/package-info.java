/** Commands about models: train, score, and look into versions. */
package dev.lettershop.cli.model;
