/** What the controllers of the laptop's cluster do as those of Kubernetes would. */
package dev.lettershop.kubesim.controllers;
