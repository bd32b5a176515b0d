package dev.lettershop.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lettershop.store.model.ScoreTrial;

/**
 * What the next scoring of a model would change.
 *
 * @param before newest version that may be used; null when there is none
 * @param version that it would be done with; null for one that is trained first
 * @param judgement of that version; one that is refused would not be used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionDifference(
    String model,
    Integer before,
    Integer version,
    Judgement judgement,
    ScoreTrial.Outcome outcome) {}
