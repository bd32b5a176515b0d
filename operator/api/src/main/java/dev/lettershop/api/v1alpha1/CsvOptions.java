package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CsvOptions(
    String delimiter,
    String quote,
    String encoding,
    Boolean header,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> columns) {

  public CsvOptions {
    delimiter = Absent.or(delimiter, ",");
    quote = Absent.or(quote, "\"");
    encoding = Absent.or(encoding, "UTF-8");
    header = Absent.or(header, true);
    columns = Absent.list(columns);
  }
}
