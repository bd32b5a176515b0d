/** Parts that several kinds have: references, conditions, schedules and the settings of Pods. */
package dev.lettershop.api.v1alpha1.common;
