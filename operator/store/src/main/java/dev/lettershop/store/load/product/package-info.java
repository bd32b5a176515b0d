/** Loads catalogues: what models recommend from, and what templates show of it. */
package dev.lettershop.store.load.product;
