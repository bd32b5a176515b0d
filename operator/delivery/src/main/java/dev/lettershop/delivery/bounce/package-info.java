/**
 * Mail that comes back: bounces, complaints and automatic replies, read from a mailbox or a folder,
 * told apart, and handed to the store. Messages are untrusted: what a message says about itself
 * decides what kind it is, but only a signed address or link decides whom it is about.
 */
package dev.lettershop.delivery.bounce;
