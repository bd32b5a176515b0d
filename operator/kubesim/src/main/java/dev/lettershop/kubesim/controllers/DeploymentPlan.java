package dev.lettershop.kubesim.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;

/**
 * What is to be done for a Deployment.
 *
 * @param missing how many Pods are to be made
 * @param surplus Pods that are to go now
 * @param ended Pods that ended by themselves and are to be replaced
 */
record DeploymentPlan(int missing, List<Pod> surplus, List<Pod> ended, DeploymentStatus status) {}
