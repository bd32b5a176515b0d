/** What becomes of Pods on a laptop. */
package dev.lettershop.kubesim.kubelet;
