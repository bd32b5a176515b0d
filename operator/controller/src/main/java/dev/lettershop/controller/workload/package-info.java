/**
 * What is to exist in the cluster: pure functions from resources and their plans to CronJobs, Jobs,
 * ConfigMaps and the worker's rights. Knows no API server and no clock, and copies nothing of a
 * resource's labels or annotations, since those belong to whoever applied it.
 */
package dev.lettershop.controller.workload;
