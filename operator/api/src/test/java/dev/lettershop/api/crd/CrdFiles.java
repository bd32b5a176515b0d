package dev.lettershop.api.crd;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CRDs of all kinds, as the text of their files. */
final class CrdFiles {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          Campaign.class,
          CampaignRun.class,
          Collector.class,
          Model.class,
          EmailTemplate.class,
          MailTransport.class,
          ProfileSource.class,
          ProfileStore.class,
          Segment.class);

  private CrdFiles() {}

  /** By file name. The same types give the same text. */
  static SortedMap<String, String> generate() {
    SortedMap<String, String> files = new TreeMap<>();
    for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
      CustomResourceDefinition crd = generate(kind);
      files.put(crd.getMetadata().getName() + ".yaml", text(crd));
    }
    return files;
  }

  private static CustomResourceDefinition generate(Class<? extends CustomResource<?, ?>> kind) {
    CustomResourceDefinition[] generated = new CustomResourceDefinition[1];
    CRDPostProcessor finish =
        new CRDPostProcessor() {
          @Override
          public HasMetadata process(HasMetadata crd, String version) {
            generated[0] = new CrdFinish(kind).of((CustomResourceDefinition) crd);
            return generated[0];
          }
        };
    new CRDGenerator()
        .customResourceClasses(kind)
        .forCRDVersions("v1")
        .withParallelGenerationEnabled(false)
        .withPostProcessor(finish)
        .withOutput(new Discard())
        .generate();
    return generated[0];
  }

  private static String text(CustomResourceDefinition crd) {
    return "# Generated from operator/api; do not edit.\n" + Serialization.asYaml(crd);
  }

  /** The generator only works with an output; the text is made from the finished object. */
  private static final class Discard extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
    @Override
    protected ByteArrayOutputStream createStreamFor(String name) {
      return new ByteArrayOutputStream();
    }
  }
}
