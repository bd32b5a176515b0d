package dev.lettershop.api.v1alpha1.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a list one that is keyed by the given fields of its items ({@code x-kubernetes-list-type:
 * map}), so that server-side apply merges it item by item and no key occurs twice. Without keys,
 * makes it a set.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD})
public @interface ListKeys {
  String[] value() default {};
}
