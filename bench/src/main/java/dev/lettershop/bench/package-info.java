/**
 * Benchmarks. Each measures with the real parts on one machine and prints its figures beside a
 * limit or a peer that was measured in the same run. Not part of any image; no test depends on a
 * time.
 */
package dev.lettershop.bench;
