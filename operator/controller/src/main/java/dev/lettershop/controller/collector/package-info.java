/** The Collector: what it is made of comes into the cluster, and its status says how it is. */
package dev.lettershop.controller.collector;
