package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.encoding.Sha256;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.compile.PlanCompiler;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands for all that decides who is mailed and in whose name, part by part: while the parts are
 * the same, an older plan mails nobody whom the resources do not mean now. Pure.
 *
 * @param parts digest of each part, by name; a part that cannot be told at present is left out
 */
record AudienceFingerprint(Map<String, String> parts) {
  AudienceFingerprint {
    parts = new TreeMap<>(parts);
  }

  /** To be called with the compiler of the campaign's namespace. */
  static AudienceFingerprint of(Campaign campaign, PlanCompiler compiler) {
    CampaignSpec spec = campaign.getSpec();
    Map<String, String> parts = new TreeMap<>();
    parts.put("campaign", digest(own(spec)));
    ProfileStore store = compiler.resources().profileStores().get(spec.storeRef().name());
    if (store != null && store.getSpec() != null) {
      String optIn =
          store.getSpec().topics().stream()
              .filter(topic -> topic.name().equals(spec.topic()))
              .map(Topic::optIn)
              .map(String::valueOf)
              .collect(Collectors.joining());
      parts.put("store", digest(store.getSpec().postgresql() + optIn));
    }
    Stream.concat(spec.audience().include().stream(), spec.audience().exclude().stream())
        .distinct()
        .forEach(
            segment -> {
              SegmentPlan plan = compiler.segment(segment).value();
              if (plan != null) {
                parts.put("segment-" + segment, digest(new TreeMap<>(plan.segments()).toString()));
              }
            });
    return new AudienceFingerprint(parts);
  }

  private static String own(CampaignSpec spec) {
    return String.join(
        "\n",
        List.of(
            String.valueOf(spec.storeRef()),
            String.valueOf(spec.transportRef()),
            String.valueOf(spec.from()),
            Objects.toString(spec.replyTo(), ""),
            spec.topic(),
            String.valueOf(spec.audience()),
            String.valueOf(spec.delivery()),
            String.valueOf(spec.limits()),
            spec.experiment() == null ? "" : String.valueOf(spec.experiment().holdoutPercent())));
  }

  /** The value of an annotation. */
  String text() {
    return parts.entrySet().stream()
        .map(part -> part.getKey() + "=" + part.getValue())
        .collect(Collectors.joining(","));
  }

  /**
   * @param text null for none
   */
  static AudienceFingerprint parse(String text) {
    return new AudienceFingerprint(
        text == null
            ? Map.of()
            : Arrays.stream(text.split(","))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.toMap(part -> part[0], part -> part[1], (a, b) -> b)));
  }

  /** Whether every part that can be told now is as it was. */
  boolean isAsIn(AudienceFingerprint earlier) {
    return parts.entrySet().stream()
        .allMatch(part -> part.getValue().equals(earlier.parts().get(part.getKey())));
  }

  private static String digest(String text) {
    return Sha256.hex(text, 8);
  }
}
