/**
 * What mail providers report by HTTP: verified on the bytes that came, then recorded by the policy
 * for bounces and complaints that reports by mail have too.
 */
package dev.lettershop.collector.webhook;
