/**
 * Puts people into groups, and gives the groups names that stay from training to training. Pure.
 */
package dev.lettershop.models.cluster;
