/**
 * When schedules are due: cron expressions as Kubernetes takes them, and moments. Pure: the present
 * moment comes in from outside.
 */
package dev.lettershop.schedule;
