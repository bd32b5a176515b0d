/** What controllers of the laptop's cluster have in common. */
package dev.lettershop.kubesim.controllers.queue;
