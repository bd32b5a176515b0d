package dev.lettershop.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of a newer version, as an older controller gets them. */
class TolerantReaderTest {
  private final KubernetesSerialization json = TolerantReader.serialization();

  private static String segment(String name, String spec) {
    return """
    {"apiVersion":"lettershop.dev/v1alpha1","kind":"Segment",
     "metadata":{"name":"%s","namespace":"shop","uid":"u-%s"},"spec":%s}"""
        .formatted(name, name, spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"expression\":\"true\",\"new\":\"text\"}|spec.new",
        "{\"expression\":\"true\",\"new\":7}|spec.new",
        "{\"expression\":\"true\",\"new\":true}|spec.new",
        "{\"expression\":\"true\",\"new\":null}|spec.new",
        "{\"expression\":\"true\",\"new\":[1,{\"a\":[]}]}|spec.new",
        "{\"expression\":\"true\",\"new\":{\"deep\":{\"er\":1}}}|spec.new",
        "{\"expression\":\"true\",\"storeRef\":{\"name\":\"default\",\"new\":{}}}|spec.storeRef.new",
        "{\"expression\":\"true\",\"new\":1,\"storeRef\":{\"name\":\"default\",\"newer\":1}}|spec.new, spec.storeRef.newer",
        "{\"rules\":{\"all\":[{\"attribute\":\"city\",\"operator\":\"Equal\",\"value\":\"x\",\"new\":1}]}}|spec.rules.all[0].new",
      })
  void aFieldThatIsNotKnownIsLeftOutAndNamed(String spec, String fields) {
    Segment read = json.unmarshal(segment("a", spec), Segment.class);

    assertThat(OwnershipLabels.unknownFields(read)).isEqualTo(fields);
    assertThat(OwnershipLabels.unreadable(read)).isNull();
    assertThat(read.getSpec()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"expression\":{\"new\":\"shape\"}}|spec.expression",
        "{\"storeRef\":\"default\",\"expression\":\"true\"}|spec.storeRef",
        "{\"rules\":{\"all\":[{\"attribute\":\"city\",\"operator\":\"SoundsLike\",\"value\":\"x\"}]}}|spec.rules.all[0].operator",
      })
  void anObjectWithAValueThatIsNotUnderstoodComesWithoutItsSpec(String spec, String field) {
    Segment read = json.unmarshal(segment("a", spec), Segment.class);

    assertThat(OwnershipLabels.unreadable(read)).isEqualTo(field);
    assertThat(read.getSpec()).isNull();
    assertThat(read.getMetadata().getName()).isEqualTo("a");
    assertThat(OwnershipLabels.isUnreadableAndSuspended(read)).isFalse();
  }

  @Test
  void oneThatCannotBeReadHidesNoOtherInAList() {
    String list =
        """
        {"apiVersion":"lettershop.dev/v1alpha1","kind":"SegmentList","metadata":{},"items":[%s,%s,%s]}"""
            .formatted(
                segment("a", "{\"expression\":\"true\"}"),
                segment("b", "{\"expression\":[]}"),
                segment("c", "{\"expression\":\"true\",\"new\":1}"));

    DefaultKubernetesResourceList<Segment> read =
        json.unmarshal(
            new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)),
            new TypeReference<DefaultKubernetesResourceList<Segment>>() {});

    assertThat(read.getItems())
        .extracting(segment -> segment.getMetadata().getName())
        .containsExactly("a", "b", "c");
    assertThat(read.getItems().get(0).getSpec().expression()).isEqualTo("true");
    assertThat(OwnershipLabels.unreadable(read.getItems().get(0))).isNull();
    assertThat(OwnershipLabels.unreadable(read.getItems().get(1))).isEqualTo("spec.expression");
    assertThat(OwnershipLabels.unknownFields(read.getItems().get(2))).isEqualTo("spec.new");
  }

  @Test
  void whatAWatchTellsIsReadInTheSameWay() {
    json.registerKubernetesResource(Segment.class);

    WatchEvent event =
        json.unmarshal(
            "{\"type\":\"ADDED\",\"object\":" + segment("a", "{\"expression\":[]}") + "}",
            WatchEvent.class);

    assertThat(event.getObject()).isInstanceOf(Segment.class);
    assertThat(OwnershipLabels.unreadable((Segment) event.getObject()))
        .isEqualTo("spec.expression");
  }

  @Test
  void aCampaignThatCannotBeReadStillSaysThatItIsSuspended() {
    Campaign read =
        json.unmarshal(
            """
            {"apiVersion":"lettershop.dev/v1alpha1","kind":"Campaign","metadata":{"name":"news"},
             "spec":{"suspend":true,"delivery":{"onUncertain":"Ask"}}}""",
            Campaign.class);

    assertThat(OwnershipLabels.unreadable(read)).isEqualTo("spec.delivery.onUncertain");
    assertThat(OwnershipLabels.isUnreadableAndSuspended(read)).isTrue();
  }

  @Test
  void whatIsNotUnderstoodInAStatusIsLeftOutOfIt() {
    CampaignRun read =
        json.unmarshal(
            """
            {"apiVersion":"lettershop.dev/v1alpha1","kind":"CampaignRun","metadata":{"name":"now"},
             "spec":{"campaignRef":{"name":"news"}},
             "status":{"observedGeneration":3,"startTime":"2026-11-01T09:00:00Z",
               "shards":{"0":{"activity":"Dreaming"}},"news":{"a":1}}}""",
            CampaignRun.class);

    assertThat(read.getSpec().campaignRef().name()).isEqualTo("news");
    assertThat(read.getStatus().observedGeneration()).isEqualTo(3);
    assertThat(read.getStatus().startTime()).isEqualTo("2026-11-01T09:00:00Z");
    assertThat(read.getStatus().shards()).isEmpty();
    assertThat(OwnershipLabels.unreadable(read)).isNull();
  }

  @Test
  void nobodyElseCanNoteThatAnObjectIsUnreadable() {
    ProfileStore read =
        json.unmarshal(
            """
            {"apiVersion":"lettershop.dev/v1alpha1","kind":"ProfileStore","metadata":{"name":"s",
             "annotations":{"memory.lettershop.dev/unreadable":"spec","mine":"1"}},
             "spec":{"attributes":[],"topics":[]}}""",
            ProfileStore.class);

    assertThat(OwnershipLabels.unreadable(read)).isNull();
    assertThat(read.getMetadata().getAnnotations()).containsOnlyKeys("mine");
  }
}
