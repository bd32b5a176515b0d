/**
 * Works through what was taken: calls become typed events, links of visitors to users, profiles and
 * consents, through the same mapping, cleaning and identity as records of sources; what cannot be
 * used goes to quarantine. Knows nothing of HTTP.
 */
package dev.lettershop.collector.mapping;
