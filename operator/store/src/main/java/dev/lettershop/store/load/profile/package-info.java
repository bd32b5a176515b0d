/** Loads profiles: staging, resolution of identities, merging and the update of rows. */
package dev.lettershop.store.load.profile;
