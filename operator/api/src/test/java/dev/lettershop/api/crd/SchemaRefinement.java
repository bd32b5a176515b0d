package dev.lettershop.api.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lettershop.api.v1alpha1.ListKeys;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Adds to a generated schema what the generator does not take from the records: which lists are
 * keyed ({@link ListKeys}), the bounds of map values, the bounds of maps, and formats of integers.
 */
final class SchemaRefinement {
  private SchemaRefinement() {}

  /** Refines the schema of a record, and of all that it is made of. */
  static void refine(Class<?> type, JSONSchemaProps schema) {
    for (RecordComponent component : type.getRecordComponents()) {
      Field field = field(type, component.getName());
      JSONSchemaProps property = schema.getProperties().get(name(field));
      if (property == null) {
        throw new IllegalStateException(
            "The schema of " + type.getSimpleName() + " has no property " + name(field));
      }
      property(field, property);
    }
  }

  private static void property(Field field, JSONSchemaProps schema) {
    ListKeys keys = field.getAnnotation(ListKeys.class);
    if (keys != null) {
      keyed(keys, schema);
    }
    Class<?> raw = raw(field.getGenericType());
    if (raw == Map.class) {
      Size size = field.getAnnotation(Size.class);
      schema.setMaxProperties(size == null ? null : size.max());
      schema.setMinProperties(size == null || size.min() == 0 ? null : size.min());
      value(argument(field, 1), schema.getAdditionalProperties().getSchema());
    } else if (raw == List.class) {
      value(argument(field, 0), schema.getItems().getSchema());
    } else {
      type(raw, schema);
    }
  }

  private static void keyed(ListKeys keys, JSONSchemaProps schema) {
    if (keys.value().length == 0) {
      schema.setXKubernetesListType("set");
    } else {
      schema.setXKubernetesListType("map");
      schema.setXKubernetesListMapKeys(Arrays.asList(keys.value()));
    }
  }

  /** An item of a list or value of a map. */
  private static void value(AnnotatedType type, JSONSchemaProps schema) {
    bounds(type, schema);
    type(raw(type.getType()), schema);
  }

  private static void type(Class<?> type, JSONSchemaProps schema) {
    if (type.isRecord()) {
      refine(type, schema);
    } else if (type == Long.class) {
      schema.setFormat("int64");
    } else if (type == Integer.class) {
      schema.setFormat("int32");
    }
  }

  private static void bounds(AnnotatedElement element, JSONSchemaProps schema) {
    Size size = element.getAnnotation(Size.class);
    if (size != null && "string".equals(schema.getType())) {
      schema.setMaxLength(size.max());
      schema.setMinLength(size.min() == 0 ? null : size.min());
    }
    Pattern pattern = element.getAnnotation(Pattern.class);
    if (pattern != null) {
      schema.setPattern(pattern.value());
    }
    Min min = element.getAnnotation(Min.class);
    if (min != null) {
      schema.setMinimum(min.value());
    }
    Max max = element.getAnnotation(Max.class);
    if (max != null) {
      schema.setMaximum(max.value());
    }
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  private static AnnotatedType argument(Field field, int index) {
    return ((AnnotatedParameterizedType) field.getAnnotatedType())
        .getAnnotatedActualTypeArguments()[index];
  }

  private static String name(Field field) {
    JsonProperty property = field.getAnnotation(JsonProperty.class);
    return property == null ? field.getName() : property.value();
  }

  private static Field field(Class<?> type, String name) {
    try {
      return type.getDeclaredField(name);
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException("No field for component " + name, impossible);
    }
  }
}
