package dev.lettershop.source.connect.http;

/**
 * Up to where an API has been read.
 *
 * @param watermark the highest one of all records read, or null
 * @param since the watermark that the present reading asked for, or null
 * @param next the URL of the page to go on with; null when the last reading came to its end
 */
record HttpPosition(String watermark, String since, String next) {}
