package dev.lettershop.store.load.product;

import dev.lettershop.profile.Product;

/**
 * One row of a source that provides products.
 *
 * @param position where it stands in the source, for quarantine
 * @param available false for what is out of stock
 */
public record LoadedProduct(String position, Product product, boolean available) {}
