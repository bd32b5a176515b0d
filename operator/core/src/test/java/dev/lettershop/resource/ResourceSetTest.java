package dev.lettershop.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.diagnostic.ResourceRef;
import org.junit.jupiter.api.Test;

class ResourceSetTest {
  private static final ResourceRef VIP = new ResourceRef("Segment", "vip");

  private static String segment(String metadata) {
    return """
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {%s}
        spec: {expression: "true"}
        ---
        """
        .formatted(metadata);
  }

  private static ResourceSet.Builder read(String... files) {
    ResourceSet.Builder builder = ResourceSet.builder();
    for (int i = 0; i < files.length; i++) {
      builder.add(ResourceParser.parse("file" + i + ".yaml", files[i]));
    }
    return builder;
  }

  @Test
  void whatIsDefinedTwiceIsReportedWithBothPlaces() {
    ResourceSet.Builder builder = read(segment("name: vip"), segment("name: vip"));

    assertThat(builder.diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.resource()).isEqualTo(VIP);
              assertThat(d.message()).contains("file0.yaml:1:1").contains("file1.yaml:1:1");
            });
  }

  @Test
  void theNamespaceIsTheOneThatIsNamed() {
    ResourceSet.Builder builder = read(segment("name: a, namespace: shop") + segment("name: b"));

    assertThat(builder.diagnostics()).isEmpty();
    assertThat(builder.build().namespace()).isEqualTo("shop");
    assertThat(read(segment("name: b")).build().namespace()).isEqualTo("default");
  }

  @Test
  void twoNamespacesAreAnError() {
    ResourceSet.Builder builder =
        read(segment("name: a, namespace: shop") + segment("name: b, namespace: other"));

    assertThat(builder.diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.field()).isEqualTo("metadata.namespace");
              assertThat(d.message()).contains("shop").contains("other");
            });
  }

  @Test
  void aListIsReadAsItsItems() {
    String list =
        """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: lettershop.dev/v1alpha1
          kind: Segment
          metadata: {name: vip}
          spec: {expression: "true"}
        - apiVersion: v1
          kind: ConfigMap
          metadata: {name: customers}
        """;

    ResourceSet set = read(list).build();

    assertThat(set.segments()).containsOnlyKeys("vip");
    assertThat(set.configMaps()).containsOnlyKeys("customers");
    assertThat(set.locate(VIP, "spec.expression"))
        .contains(new SourceLocation("file0.yaml", 7, 10));
  }

  @Test
  void configMapsAndSecretsAreReadForThoseWhoNeedThem() {
    ResourceSet set =
        read("""
                apiVersion: v1
                kind: Secret
                metadata: {name: smtp}
                stringData: {username: acme}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: customers}
                data: {customers.csv: "a,b"}
                """)
            .build();

    assertThat(set.secrets().get("smtp").getStringData()).containsEntry("username", "acme");
    assertThat(set.configMaps().get("customers").getData()).containsEntry("customers.csv", "a,b");
    assertThat(set.size()).isZero();
  }

  @Test
  void aFieldThatIsNotWrittenIsLocatedAtTheNearestAroundIt() {
    ResourceSet set = read(segment("name: a") + segment("name: vip")).build();

    assertThat(set.locate(VIP, "spec.expression").map(SourceLocation::line)).contains(9);
    assertThat(set.locate(VIP, "spec.rules.all[2].value"))
        .contains(new SourceLocation("file0.yaml", 9, 1));
    assertThat(set.locate(VIP, "status")).contains(new SourceLocation("file0.yaml", 6, 1));
    assertThat(set.locate(new ResourceRef("Segment", "other"), "spec")).isEmpty();
  }

  @Test
  void resourcesHaveTheirDefaults() {
    ResourceSet set =
        read("""
                apiVersion: lettershop.dev/v1alpha1
                kind: ProfileStore
                metadata: {name: default}
                spec:
                  postgresql: {host: db, database: shop, credentialsSecretRef: {name: db}}
                  topics: [{name: newsletter}]
                """)
            .build();

    var spec = set.profileStores().get("default").getSpec();
    assertThat(spec.postgresql().port()).isEqualTo(5432);
    assertThat(spec.attributes()).isEmpty();
    assertThat(spec.topics())
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.optIn()).isEqualTo(OptIn.Double);
            });
  }
}
