/** Holds down what counts as a difference and whose objects are touched. */
package dev.lettershop.controller.apply;
