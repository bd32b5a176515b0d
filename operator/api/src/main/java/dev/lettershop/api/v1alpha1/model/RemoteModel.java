package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.source.HttpAuth;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A model that is served elsewhere. Only the features leave, no id and no address. */
@ValidationRule(
    value = "self.protocol == 'MLflow' || has(self.model)",
    message = "must be set with OpenInference, TensorFlowServing and TorchServe",
    fieldPath = ".model")
@ValidationRule(
    value = "!has(self.pointer) || self.protocol == 'TorchServe'",
    message = "must only be set with TorchServe; the others have a fixed answer",
    fieldPath = ".pointer")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RemoteModel(
    @JsonPropertyDescription("OpenInference, MLflow, TensorFlowServing or TorchServe.") @Required
        RemoteProtocol protocol,
    @JsonPropertyDescription(
            "Where the server is, without the path of the protocol, such as http://churn.models:8080.")
        @Required
        @Size(min = 1, max = Formats.URL_MAX)
        @Pattern(Formats.HTTP_URL)
        String url,
    @JsonPropertyDescription("Name of the model on the server; MLflow serves one and has none.")
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._-]*$")
        String model,
    @JsonPropertyDescription("Version of the model on the server. The server chooses when absent.")
        @Size(min = 1, max = 64)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._-]*$")
        String version,
    @JsonPropertyDescription(
            "OpenInference: name of the input. TensorFlowServing: name of the signature. The server's"
                + " own when absent (OpenInference: x).")
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._-]*$")
        String input,
    @JsonPropertyDescription(
            "OpenInference: name of the output, such as predict_proba; without it many servers answer"
                + " with a class instead of a chance.")
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._-]*$")
        String output,
    @JsonPropertyDescription(
            "Which number of an answer with several counts, from 0, such as 1 for the chance of the second"
                + " class. Default 0.")
        @Default("0")
        @Min(0)
        @Max(1000)
        Integer column,
    @JsonPropertyDescription(
            "TorchServe: JSON Pointer (RFC 6901) to the list of answers. Default /predictions.")
        @Size(max = 512)
        @Pattern("^(/[^/]*)*$")
        String pointer,
    @JsonPropertyDescription("How requests are authorised. Default type None.")
        @Default("{\"type\": \"None\"}")
        HttpAuth auth,
    @JsonPropertyDescription("People in a request, 1 to 10000. Default 1000.")
        @Default("1000")
        @Min(1)
        @Max(10000)
        Integer batch,
    @JsonPropertyDescription("Requests at a time, 1 to 4. Default 2.") @Default("2") @Min(1) @Max(4)
        Integer concurrency,
    @JsonPropertyDescription("Longest wait for an answer. Default 10s.")
        @Default("10s")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String timeout,
    @JsonPropertyDescription(
            "What becomes of people for whom there is no usable answer: KeepLast (the default), Unknown or Fail.")
        @Default("KeepLast")
        RemoteFallback fallback,
    @JsonPropertyDescription("With KeepLast: how old a score may become. Default 7d.")
        @Default("7d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String maxAge,
    @JsonPropertyDescription(
            "Whether the server may have a private, loopback or link-local address, as one in the cluster has."
                + " Default false.")
        @Default("false")
        Boolean allowPrivateAddresses) {
  public RemoteModel {
    column = Absent.or(column, 0);
    auth = Absent.or(auth, new HttpAuth(null, null, null, null));
    batch = Absent.or(batch, 1000);
    concurrency = Absent.or(concurrency, 2);
    timeout = Absent.or(timeout, "10s");
    fallback = Absent.or(fallback, RemoteFallback.KeepLast);
    maxAge = Absent.or(maxAge, "7d");
    allowPrivateAddresses = Absent.or(allowPrivateAddresses, false);
  }
}
