package dev.lettershop.api.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lettershop.api.v1alpha1.schema.IntOrString;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finishes a generated CRD: keyed lists, the description of the kind, and printer columns in the
 * order in which they are written, which the generator has no annotation for or sorts by path.
 */
final class CrdFinish {
  private final Class<?> kind;

  CrdFinish(Class<?> kind) {
    this.kind = kind;
  }

  CustomResourceDefinition of(CustomResourceDefinition crd) {
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    version.setAdditionalPrinterColumns(columns());
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    ParameterizedType resource = (ParameterizedType) kind.getGenericSuperclass();
    keys(resource.getActualTypeArguments()[0], root.getProperties().get("spec"));
    keys(resource.getActualTypeArguments()[1], root.getProperties().get("status"));
    return crd;
  }

  private List<CustomResourceColumnDefinition> columns() {
    List<CustomResourceColumnDefinition> columns = new ArrayList<>();
    for (AdditionalPrinterColumn column :
        kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
      CustomResourceColumnDefinition definition = new CustomResourceColumnDefinition();
      definition.setName(column.name());
      definition.setJsonPath(column.jsonPath());
      definition.setType(column.type().name().toLowerCase(Locale.ROOT));
      definition.setDescription(column.getDescription());
      definition.setPriority(column.priority() == 0 ? null : column.priority());
      columns.add(definition);
    }
    return columns;
  }

  /** Sets the list types of a record's fields, and of the records below. */
  private void keys(Type type, JSONSchemaProps schema) {
    if (!(type instanceof Class<?> record) || !record.isRecord()) {
      return;
    }
    for (Field field : record.getDeclaredFields()) {
      JSONSchemaProps property =
          schema.getProperties() == null ? null : schema.getProperties().get(name(field));
      if (property == null) {
        continue;
      }
      if (!(field.getGenericType() instanceof ParameterizedType parameterized)) {
        intOrString(field.getAnnotatedType(), property);
        keys(field.getGenericType(), property);
      } else if (List.class.equals(parameterized.getRawType())) {
        listType(field.getAnnotation(ListKeys.class), property);
        intOrString(argument(field, 0), property.getItems().getSchema());
        keys(parameterized.getActualTypeArguments()[0], property.getItems().getSchema());
      } else if (property.getAdditionalProperties() != null) {
        JSONSchemaProps value = property.getAdditionalProperties().getSchema();
        length(field, value);
        intOrString(argument(field, 1), value);
        keys(parameterized.getActualTypeArguments()[1], value);
      }
    }
  }

  /** The generator overlooks the annotations of a map's values when the field is called set. */
  private static void length(Field map, JSONSchemaProps value) {
    Size size = argument(map, 1).getAnnotation(Size.class);
    if (size != null && "string".equals(value.getType())) {
      value.setMaxLength(size.max());
    }
  }

  private static AnnotatedType argument(Field field, int index) {
    return ((AnnotatedParameterizedType) field.getAnnotatedType())
        .getAnnotatedActualTypeArguments()[index];
  }

  private static void intOrString(AnnotatedType type, JSONSchemaProps schema) {
    if (type.isAnnotationPresent(IntOrString.class)) {
      schema.setType(null);
      schema.setAnyOf(List.of(typed("integer"), typed("string")));
      schema.setXKubernetesIntOrString(true);
    }
  }

  private static JSONSchemaProps typed(String type) {
    JSONSchemaProps schema = new JSONSchemaProps();
    schema.setType(type);
    return schema;
  }

  private static void listType(ListKeys keys, JSONSchemaProps list) {
    if (keys == null) {
      list.setXKubernetesListType("atomic");
    } else if (keys.value().length == 0) {
      list.setXKubernetesListType("set");
    } else {
      list.setXKubernetesListType("map");
      list.setXKubernetesListMapKeys(Arrays.asList(keys.value()));
    }
  }

  private static String name(Field field) {
    JsonProperty named = field.getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? field.getName() : named.value();
  }
}
