package dev.lettershop.api.v1alpha1.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a text be written as a whole number without quotes, too ({@code
 * x-kubernetes-int-or-string}), as in {@code cpu: 1}. Bounds and patterns hold for what is written
 * as text.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE_USE})
public @interface IntOrString {}
