/** The kind Model: what is learnt about people from what they did. */
package dev.lettershop.api.v1alpha1.model;
