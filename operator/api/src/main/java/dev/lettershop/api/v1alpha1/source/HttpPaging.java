package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How the pages of an answer are asked for. */
@ValidationRule(
    value = "!(self.type in ['PageNumber', 'Offset', 'Cursor']) || has(self.parameter)",
    message = "must be set with type PageNumber, Offset or Cursor",
    fieldPath = ".parameter")
@ValidationRule(
    value = "(self.type == 'Cursor') == has(self.cursorPath)",
    message = "must be set with type Cursor, and only then",
    fieldPath = ".cursorPath")
@ValidationRule(
    value = "!has(self.sizeParameter) || has(self.size)",
    message = "must be set with sizeParameter",
    fieldPath = ".size")
@ValidationRule(
    value = "self.type != 'Offset' || has(self.size)",
    message = "must be set with type Offset",
    fieldPath = ".size")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HttpPaging(
    @JsonPropertyDescription(
            "None (one page, the default), PageNumber (1, 2, 3…), Offset (records passed over),"
                + " Cursor (named by the page before) or LinkHeader (RFC 8288, rel=next).")
        @Default("None")
        HttpPagingType type,
    @JsonPropertyDescription("Query parameter that takes the page number, offset or cursor.")
        @Size(min = 1, max = 128)
        String parameter,
    @JsonPropertyDescription("Query parameter that takes the page size.") @Size(min = 1, max = 128)
        String sizeParameter,
    @JsonPropertyDescription("Records per page, 1 to 10000. The server's choice when absent.")
        @Min(1)
        @Max(10000)
        Integer size,
    @JsonPropertyDescription("Number of the first page, for PageNumber: 1 (the default) or 0.")
        @Default("1")
        @Min(0)
        @Max(1)
        Integer firstPage,
    @JsonPropertyDescription(
            "JSON Pointer (RFC 6901) to the next cursor in a page, such as /meta/next.")
        @Size(min = 1, max = 512)
        @Pattern("^(/[^/]*)+$")
        String cursorPath) {
  public HttpPaging {
    type = Absent.or(type, HttpPagingType.None);
    firstPage = Absent.or(firstPage, 1);
  }
}
