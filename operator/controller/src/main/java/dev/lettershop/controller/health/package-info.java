/**
 * Whether the controller lives and whether it is of use: checks made of functions, so that they
 * know neither the operator SDK nor the client's caches. What is wrong is named, with what to do.
 */
package dev.lettershop.controller.health;
