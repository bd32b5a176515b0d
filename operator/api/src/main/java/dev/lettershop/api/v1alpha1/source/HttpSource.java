package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Reads the JSON that an HTTP server answers with. */
@ValidationRule(
    value = "has(self.watermarkPath) == has(self.sinceParameter)",
    message = "must be set together with sinceParameter",
    fieldPath = ".watermarkPath")
@ValidationRule(
    value = "!has(self.initialSince) || has(self.sinceParameter)",
    message = "must only be set with sinceParameter",
    fieldPath = ".initialSince")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HttpSource(
    @JsonPropertyDescription("URL to GET. Credentials belong into auth.")
        @Required
        @Size(min = 1, max = Formats.URL_MAX)
        @Pattern(Formats.HTTP_URL)
        String url,
    @JsonPropertyDescription(
            "Further request headers, none of them secret. At most 32, values up to 1024 characters.")
        @Size(max = 32)
        Map<String, @Size(max = 1024) @Pattern(Formats.ONE_LINE) String> headers,
    @JsonPropertyDescription("How requests are authorised. Default type None.")
        @Default("{\"type\": \"None\"}")
        HttpAuth auth,
    @JsonPropertyDescription("How the pages of the answer are asked for. Default type None.")
        @Default("{\"type\": \"None\"}")
        HttpPaging paging,
    @JsonPropertyDescription(
            "JSON Pointer (RFC 6901) to the array of records in a page, such as /data/items. The"
                + " whole answer is the array when absent.")
        @Size(max = 512)
        @Pattern("^(/[^/]*)+$")
        String itemsPath,
    @JsonPropertyDescription(
            "JSON Pointer (RFC 6901) in each record to a time or number that only grows, such as"
                + " /updated_at. All is read each time when absent.")
        @Size(min = 1, max = 512)
        @Pattern("^(/[^/]*)+$")
        String watermarkPath,
    @JsonPropertyDescription(
            "Query parameter that takes the highest watermark seen so far, such as updated_since.")
        @Size(min = 1, max = 128)
        String sinceParameter,
    @JsonPropertyDescription(
            "Value of sinceParameter for the first reading. The parameter is left out when absent.")
        @Size(min = 1, max = 128)
        String initialSince,
    @JsonPropertyDescription("Most requests a second, 1 to 1000. Default 10.")
        @Default("10")
        @Min(1)
        @Max(1000)
        Integer requestsPerSecond,
    @JsonPropertyDescription("Longest wait for an answer, such as 30s (the default).")
        @Default("30s")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String timeout,
    @JsonPropertyDescription("Largest answer in mebibytes, 1 to 1024. Default 64.")
        @Default("64")
        @Min(1)
        @Max(1024)
        Integer maxResponseMebibytes,
    @JsonPropertyDescription(
            "Whether hosts with private, loopback or link-local addresses may be called. Default"
                + " false, so that a manifest cannot reach into the cluster.")
        @Default("false")
        Boolean allowPrivateAddresses) {
  public HttpSource {
    headers = Absent.map(headers);
    auth = Absent.or(auth, new HttpAuth(null, null, null, null));
    paging = Absent.or(paging, new HttpPaging(null, null, null, null, null, null));
    requestsPerSecond = Absent.or(requestsPerSecond, 10);
    timeout = Absent.or(timeout, "30s");
    maxResponseMebibytes = Absent.or(maxResponseMebibytes, 64);
    allowPrivateAddresses = Absent.or(allowPrivateAddresses, false);
  }
}
