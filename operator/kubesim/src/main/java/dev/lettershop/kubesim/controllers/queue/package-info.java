/**
 * What every controller of the laptop's cluster needs: a queue of keys, and events. Knows nothing
 * of what the controllers do.
 */
package dev.lettershop.kubesim.controllers.queue;
