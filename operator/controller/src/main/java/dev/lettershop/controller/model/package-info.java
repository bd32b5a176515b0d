/** Reconciles Models: checks what is to be learnt, and makes the CronJob that trains and scores. */
package dev.lettershop.controller.model;
