/** Holds the desired objects to what people read: manifests in, manifests out. */
package dev.lettershop.controller.workload;
