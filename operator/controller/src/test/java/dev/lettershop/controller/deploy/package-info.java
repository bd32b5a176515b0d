/** Holds the manifests in {@code deploy/} to what the code needs. Knows no cluster. */
package dev.lettershop.controller.deploy;
