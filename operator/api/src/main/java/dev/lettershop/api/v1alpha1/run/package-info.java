/** CampaignRun: one run of a campaign and the progress of its shards. */
package dev.lettershop.api.v1alpha1.run;
