/**
 * The rights of workers: a namespace with anything that may start a Pod gets the account {@code
 * lettershop-worker}, which may write the status of what it works on and nothing else; when the
 * last user is gone, it goes too.
 */
package dev.lettershop.controller.access;
