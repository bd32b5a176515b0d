/**
 * The control plane: turns resources into CronJobs and Jobs, and what became of these into status.
 * Reads specs, never a profile; holds no credential and reads no Secret.
 */
package dev.lettershop.controller;
