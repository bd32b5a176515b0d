package dev.lettershop.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lettershop.store.model.ModelVersion;
import java.time.temporal.ChronoUnit;

/**
 * A version with its figures.
 *
 * @param version null for one that is not kept
 * @param trainedTime RFC 3339
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionReport(
    Integer version, String trainedTime, boolean good, Judgement judgement) {
  public static VersionReport of(ModelVersion version) {
    return new VersionReport(
        version.version(),
        version.trainedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        version.good(),
        Judgement.parse(version.figures()));
  }
}
