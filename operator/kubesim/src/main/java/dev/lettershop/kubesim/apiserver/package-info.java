/**
 * An API server of one process: keeps resources in memory, speaks enough of the Kubernetes API for
 * the fabric8 client and kubectl, and applies our CRDs as a real one would. No authentication, no
 * access control, no storage: what is in it is gone when it ends. Knows nothing of controllers.
 */
package dev.lettershop.kubesim.apiserver;
