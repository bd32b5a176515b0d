package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Reads the documents of a MongoDB collection. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MongodbSource(
    @JsonPropertyDescription(
            "Secret key that holds the connection string (mongodb:// or mongodb+srv://).")
        @Required
        SecretKeyRef uriSecretRef,
    @JsonPropertyDescription("Name of the database.") @Required @Size(min = 1, max = 63)
        String database,
    @JsonPropertyDescription("Name of the collection.") @Required @Size(min = 1, max = 255)
        String collection,
    @JsonPropertyDescription(
            "Filter in extended JSON, such as {\"active\": true}. All documents when absent.")
        @Size(min = 2, max = 16384)
        String filter,
    @JsonPropertyDescription(
            "Whether changes are read from the change stream once all documents have been read;"
                + " needs a replica set. Without it, only documents with a higher _id are new."
                + " Default false.")
        @Default("false")
        Boolean changeStream) {
  public MongodbSource {
    changeStream = Absent.or(changeStream, false);
  }
}
