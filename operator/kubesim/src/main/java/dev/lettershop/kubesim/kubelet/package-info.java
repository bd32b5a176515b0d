/**
 * Plays the kubelet: runs the worker's Pods as processes on this machine, with their volumes as
 * folders, and reports how they fare in the status of the Pod. Works with an API server in memory
 * as well as with a real one that has no nodes.
 */
package dev.lettershop.kubesim.kubelet;
