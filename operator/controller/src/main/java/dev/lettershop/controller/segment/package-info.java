/** Reconciles Segments: checks the rule, and makes the CronJob that records its members. */
package dev.lettershop.controller.segment;
