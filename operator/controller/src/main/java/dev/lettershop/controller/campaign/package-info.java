/**
 * Reconciles Campaigns: compiles the plan, keeps the CronJob that sends by it, gives every Job of a
 * schedule its CampaignRun, and sums up what became of them.
 */
package dev.lettershop.controller.campaign;
