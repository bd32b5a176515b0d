package dev.lettershop.playground.quickstart;

/**
 * What reading a source came to.
 *
 * @param records that it has, the unusable ones among them
 * @param unusable that were set aside
 */
record ReadSource(String name, long records, long unusable) {}
