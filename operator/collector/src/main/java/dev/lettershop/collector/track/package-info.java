/**
 * Opens and clicks: redirects to where links of mails lead, answers with the image, and has each
 * hit on a disk before it answers. What a hit means is decided elsewhere.
 */
package dev.lettershop.collector.track;
