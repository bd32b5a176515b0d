package dev.lettershop.worker.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.insight.report.Report;
import java.time.Instant;

/** A report as one JSON document: absent members are left out, times are RFC 3339. */
public final class ReportJson {
  private static final JsonMapper MAPPER =
      JsonMappers.INDENTED
          .rebuild()
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private ReportJson() {}

  /** The text, with a line for each member. */
  public static String of(Report report) {
    try {
      return MAPPER.writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Reports are plain data and must serialise", e);
    }
  }
}
