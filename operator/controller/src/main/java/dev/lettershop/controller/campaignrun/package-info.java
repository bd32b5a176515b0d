/**
 * Reconciles CampaignRuns: makes the Job of a run made by hand, pauses and resumes it, has it wait
 * for another run of the same campaign, and turns what its Pods report into its status.
 */
package dev.lettershop.controller.campaignrun;
