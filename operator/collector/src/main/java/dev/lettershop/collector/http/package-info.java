/**
 * How a feature meets HTTP: routes, bounded bodies, requests and responses as plain values, and who
 * is at the other end. Knows no feature.
 */
package dev.lettershop.collector.http;
