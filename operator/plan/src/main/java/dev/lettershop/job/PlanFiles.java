package dev.lettershop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.encoding.Sha256;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.SourcePlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a worker is to do, as the compressed files of a ConfigMap. Equal plans give equal bytes.
 *
 * @param files content by name, sorted by name
 */
public record PlanFiles(Map<String, byte[]> files) {
  private static final String CAMPAIGN = "campaign.json.gz";
  private static final String SOURCES = "sources.json.gz";
  private static final String BOUNCES = "bounces.json.gz";
  private static final String SEGMENT = "segment.json.gz";

  /** Name of the file with the plan of a collector. */
  public static final String COLLECTOR = "collector.json.gz";

  private static final String MODEL = "model.json.gz";
  private static final String RETENTION = "retention.json.gz";
  private static final int MAX_EXPANDED = 64 << 20;

  private static final JsonMapper MAPPER =
      JsonMappers.PLAIN
          .rebuild()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_NULL))
          .build();

  public PlanFiles {
    files = new TreeMap<>(files);
  }

  /**
   * A campaign's plan.
   *
   * @param sources those that are read before each run, in this order
   */
  public static PlanFiles of(PlanDocument campaign, List<SourcePlan> sources) {
    return new PlanFiles(
        Map.of(CAMPAIGN, compressed(campaign.json()), SOURCES, compressed(json(sources))));
  }

  /** What one sync is to do. */
  public static PlanFiles of(SourcePlan source) {
    return new PlanFiles(Map.of(SOURCES, compressed(json(List.of(source)))));
  }

  /** What one refresh is to do. */
  public static PlanFiles of(SegmentPlan segment) {
    return new PlanFiles(Map.of(SEGMENT, compressed(json(segment))));
  }

  /** What training a model and scoring with it are to do. */
  public static PlanFiles of(ModelPlan model) {
    return new PlanFiles(Map.of(MODEL, compressed(json(model))));
  }

  /** What forgetting is to do. */
  public static PlanFiles of(RetentionPlan retention) {
    return new PlanFiles(Map.of(RETENTION, compressed(json(retention))));
  }

  /** What a collector is to do. */
  public static PlanFiles of(CollectorPlan collector) {
    return new PlanFiles(Map.of(COLLECTOR, compressed(json(collector))));
  }

  /** What reading bounces is to do. */
  public static PlanFiles of(BouncesPlan bounces) {
    return new PlanFiles(Map.of(BOUNCES, compressed(json(bounces))));
  }

  /**
   * @throws IllegalArgumentException when the file is not there or not of this format
   */
  public PlanDocument campaign() {
    return PlanDocument.parse(expanded(CAMPAIGN));
  }

  /**
   * @throws IllegalArgumentException when the file is not there or not of this format
   */
  public List<SourcePlan> sources() {
    return parsed(SOURCES, new TypeReference<List<SourcePlan>>() {});
  }

  /**
   * @throws IllegalArgumentException when the file is not there or not of this format
   */
  public SegmentPlan segment() {
    return parsed(SEGMENT, new TypeReference<SegmentPlan>() {});
  }

  /**
   * @throws IllegalArgumentException when the file is not there or not of this format
   */
  public BouncesPlan bounces() {
    return parsed(BOUNCES, new TypeReference<BouncesPlan>() {});
  }

  /**
   * @throws IllegalArgumentException when the file is not there or not of this format
   */
  public CollectorPlan collector() {
    CollectorPlan plan = parsed(COLLECTOR, new TypeReference<CollectorPlan>() {});
    if (plan.formatVersion() != CollectorPlan.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "This plan has format "
              + plan.formatVersion()
              + ", this version of Lettershop reads format "
              + CollectorPlan.FORMAT_VERSION
              + "; run it with the version that made it");
    }
    return plan;
  }

  /**
   * @throws IllegalArgumentException when the file is not there or not of this format
   */
  public ModelPlan model() {
    return parsed(MODEL, new TypeReference<ModelPlan>() {});
  }

  /**
   * @throws IllegalArgumentException when the file is not there or not of this format
   */
  public RetentionPlan retention() {
    return parsed(RETENTION, new TypeReference<RetentionPlan>() {});
  }

  /** How many bytes a ConfigMap with these files holds. */
  public long size() {
    return files.entrySet().stream()
        .mapToLong(e -> e.getKey().length() + e.getValue().length)
        .sum();
  }

  /** 64 hexadecimal digits that stand for the content, whatever compressed it. */
  public String hash() {
    MessageDigest digest = Sha256.digest();
    for (String name : files.keySet()) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(expanded(name).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private <T> T parsed(String name, TypeReference<T> type) {
    try {
      return MAPPER.readValue(expanded(name), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          name + " is not of the format that this version reads: " + e.getOriginalMessage(), e);
    }
  }

  private String expanded(String name) {
    byte[] file = files.get(name);
    if (file == null) {
      throw new IllegalArgumentException("The plan has no file " + name);
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      byte[] text = in.readNBytes(MAX_EXPANDED + 1);
      if (text.length > MAX_EXPANDED) {
        throw new IllegalArgumentException(name + " expands to more than 64 MiB");
      }
      return new String(text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(name + " is not compressed with gzip", e);
    }
  }

  private static byte[] compressed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A plan is plain data and must serialise", e);
    }
  }
}
