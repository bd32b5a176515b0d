package dev.lettershop.api.v1alpha1.collector;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.collector.page.CollectorPages;
import dev.lettershop.api.v1alpha1.collector.page.CollectorSignUp;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.PodSettings;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What listens, where, and for whom. */
@ValidationRule(
    value = "!(has(self.ingress) && has(self.httpRoute))",
    message = "at most one of ingress and httpRoute may be set")
@ValidationRule(
    value = "!(has(self.replicas) && has(self.autoscaling))",
    message = "must not be set beside autoscaling, which decides how many Pods there are",
    fieldPath = ".replicas")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorSpec(
    @JsonPropertyDescription("The ProfileStore to write to. Default is the one named default.")
        @Default("{\"name\": \"default\"}")
        LocalRef storeRef,
    @JsonPropertyDescription(
            "Secret with the keys username and password of a database user that is a member of the"
                + " role lettershop_collector, which may do only what a collector needs. The store's"
                + " own user when absent, which then takes that role for each connection.")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "Public host name, such as links.shop.example: the one in spec.links.baseUrl of the"
                + " MailTransports whose links it serves.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String host,
    @JsonPropertyDescription("Who may send events. At most 32.") @Size(max = 32) @ListKeys("name")
        List<CollectorSource> sources,
    @JsonPropertyDescription("How values of events and traits are cleaned before they are stored.")
        @Default("{\"email\": true, \"names\": true, \"timeZones\": true}")
        Normalise normalise,
    @JsonPropertyDescription(
            "Providers that report bounces, complaints, opens and clicks. At most 32.")
        @Size(max = 32)
        @ListKeys("name")
        List<CollectorWebhook> webhooks,
    @JsonPropertyDescription("What the unsubscribe and preference pages look like and say.")
        @Default("{\"locale\": \"en\"}")
        CollectorPages pages,
    @JsonPropertyDescription("Lets people sign up by forms. Nobody can when absent.")
        CollectorSignUp signUp,
    @JsonPropertyDescription(
            "Where events are stored before they are processed. Default: PostgreSql.")
        @Default("{\"type\": \"PostgreSql\"}")
        CollectorBuffer buffer,
    @JsonPropertyDescription("How much may come in.")
        @Default("{\"batchKiB\": 500, \"requestsPerSecondPerNetwork\": 100}")
        CollectorLimits limits,
    @JsonPropertyDescription(
            "Where clicks, opens, unsubscribes and webhooks wait on disk while the database is away.")
        @Default("{\"size\": \"256Mi\"}")
        CollectorSpool spool,
    @JsonPropertyDescription("Number of Pods, 1 to 100. 2 when absent, unless autoscaling is set.")
        @Min(1)
        @Max(100)
        Integer replicas,
    @JsonPropertyDescription(
            "Adds and removes Pods as the load asks for (HorizontalPodAutoscaler).")
        CollectorAutoscaling autoscaling,
    @JsonPropertyDescription("Makes an Ingress for the host.") CollectorIngress ingress,
    @JsonPropertyDescription("Makes an HTTPRoute (Gateway API) for the host.")
        CollectorHttpRoute httpRoute,
    @JsonPropertyDescription(
            "Networks of the proxies in front of it, such as 10.0.0.0/8: only what they say of a"
                + " client's address (X-Forwarded-For) is believed. At most 64.")
        @Size(max = 64)
        @ListKeys
        List<@Size(min = 3, max = 49) @Pattern("^[0-9A-Fa-f.:]+/[0-9]{1,3}$") String>
            trustedProxies,
    @JsonPropertyDescription("Where and with what the Pods run.") PodSettings pod) {
  /** How many Pods there are when nothing is said. */
  public static final int DEFAULT_REPLICAS = 2;

  public CollectorSpec {
    storeRef = Absent.or(storeRef, LocalRef.DEFAULT);
    sources = Absent.list(sources);
    normalise = Absent.or(normalise, Normalise.DEFAULT);
    webhooks = Absent.list(webhooks);
    pages = Absent.or(pages, CollectorPages.DEFAULT);
    buffer = Absent.or(buffer, new CollectorBuffer(null, null));
    limits = Absent.or(limits, new CollectorLimits(null, null, null));
    spool = Absent.or(spool, new CollectorSpool(null));
    trustedProxies = Absent.list(trustedProxies);
  }
}
