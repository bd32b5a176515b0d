/** ProfileStore: the database, its attributes, events and topics. */
package dev.lettershop.api.v1alpha1.store;
