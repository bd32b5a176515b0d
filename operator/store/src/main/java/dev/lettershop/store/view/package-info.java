/** Profiles as whoever renders for them sees them: attributes, events, outputs of models. */
package dev.lettershop.store.view;
