/** Reconciles ProfileSources: checks them, and makes the CronJobs of those with a schedule. */
package dev.lettershop.controller.source;
