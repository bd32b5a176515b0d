/**
 * Reports of runs as people get them: a page that needs neither a server nor a script, and CSV. The
 * numbers come from the store and mean what the report's model says; the mail in the page is made
 * of the plan that the run followed.
 */
package dev.lettershop.worker.report;
