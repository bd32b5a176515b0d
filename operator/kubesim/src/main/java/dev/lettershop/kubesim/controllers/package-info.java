/**
 * The controllers that Kubernetes itself brings and that campaigns rest on: of Jobs, of CronJobs,
 * and the garbage collector. They do what the real ones do, for the fields that we use. What is to
 * be done is decided by pure functions.
 */
package dev.lettershop.kubesim.controllers;
