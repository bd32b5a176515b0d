/**
 * What one run of a campaign achieved, from counts of people: the report that is shown as a page,
 * JSON or CSV. Pure: counts and the moment come in. It must not know tables, and names nobody.
 */
package dev.lettershop.insight.report;
