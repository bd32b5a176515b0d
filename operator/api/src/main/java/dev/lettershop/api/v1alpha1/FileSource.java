package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileSource(FileFormat format, String path, Volume volume, CsvOptions csv) {

  public FileSource {
    format = Absent.or(format, FileFormat.Csv);
  }
}
