/** Campaign: content, audience, schedule, triggers and delivery. */
package dev.lettershop.api.v1alpha1.campaign;
