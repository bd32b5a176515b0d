package dev.lettershop.api.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.lettershop.api.v1alpha1.Campaign;
import dev.lettershop.api.v1alpha1.CampaignRun;
import dev.lettershop.api.v1alpha1.EmailTemplate;
import dev.lettershop.api.v1alpha1.MailTransport;
import dev.lettershop.api.v1alpha1.ProfileSource;
import dev.lettershop.api.v1alpha1.ProfileStore;
import dev.lettershop.api.v1alpha1.Segment;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerationInfo;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the CRDs of all kinds from their types. */
final class CrdGeneration {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          Campaign.class,
          CampaignRun.class,
          EmailTemplate.class,
          MailTransport.class,
          ProfileSource.class,
          ProfileStore.class,
          Segment.class);

  private static final String HEADER = "# Generated from the types in operator/api; do not edit.\n";

  private CrdGeneration() {}

  /**
   * Generates the CRDs.
   *
   * @param scratch an empty directory that the generator may write into
   * @return the text of each file, by its name, such as {@code campaigns.lettershop.dev.yaml}
   */
  static Map<String, String> generate(Path scratch) {
    CRDGenerationInfo info =
        new CRDGenerator()
            .customResourceClasses(List.copyOf(KINDS))
            .forCRDVersions("v1")
            .withPostProcessor(new Refinement())
            .inOutputDir(scratch.toFile())
            .detailedGenerate();
    Map<String, String> files = new TreeMap<>();
    info.getCRDDetailsPerNameAndVersion()
        .forEach(
            (name, versions) ->
                files.put(name + ".yaml", read(Path.of(versions.get("v1").getFilePath()))));
    return files;
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file);
      String body = text.substring(text.indexOf("apiVersion:"));
      return HEADER + body.stripTrailing() + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the generated " + file, e);
    }
  }

  private static final class Refinement implements CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata generated, String crdVersion) {
      return refine((CustomResourceDefinition) generated);
    }
  }

  private static CustomResourceDefinition refine(CustomResourceDefinition crd) {
    Class<? extends CustomResource<?, ?>> kind = kind(crd.getSpec().getNames().getKind());
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
    version.setAdditionalPrinterColumns(inOrder(kind, version.getAdditionalPrinterColumns()));
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    part(kind, "getSpec", root.getProperties().get("spec"));
    part(kind, "getStatus", root.getProperties().get("status"));
    return crd;
  }

  private static void part(Class<?> kind, String getter, JSONSchemaProps schema) {
    Class<?> type =
        Arrays.stream(kind.getDeclaredMethods())
            .filter(method -> method.getName().equals(getter) && !method.isBridge())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(kind + " does not declare " + getter))
            .getReturnType();
    SchemaRefinement.refine(type, schema);
  }

  private static Class<? extends CustomResource<?, ?>> kind(String name) {
    return KINDS.stream()
        .filter(kind -> kind.getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A CRD of an unknown kind " + name));
  }

  /** The columns as the type declares them; the generator sorts them by path. */
  private static List<CustomResourceColumnDefinition> inOrder(
      Class<?> kind, List<CustomResourceColumnDefinition> columns) {
    List<String> names =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    return columns.stream()
        .sorted(Comparator.comparingInt(column -> names.indexOf(column.getName())))
        .toList();
  }
}
