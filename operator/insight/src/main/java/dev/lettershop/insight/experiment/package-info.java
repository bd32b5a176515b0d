/**
 * The statistics of experiments, as pure functions of counts: the exact group-sequential test that
 * decides by a deadline, intervals that stay valid however often somebody looks, the check that
 * variants got the share they were promised, and the number of people that a test needs.
 */
package dev.lettershop.insight.experiment;
