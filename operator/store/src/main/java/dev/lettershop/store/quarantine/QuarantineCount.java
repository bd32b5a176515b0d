package dev.lettershop.store.quarantine;

/** How many records of a source are set aside for one reason. */
public record QuarantineCount(String source, String field, String reason, long records) {}
