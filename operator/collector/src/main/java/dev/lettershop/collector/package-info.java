/**
 * The process that listens: assembles the features, gives each its database and its routes, and
 * lets Quarkus serve them. Configured by files only.
 */
package dev.lettershop.collector;
