/** Code that breaks a rule of the architecture on purpose. */
package dev.lettershop.playground.architecture.trespass;
