package dev.lettershop.api.v1alpha1.collector.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the pages look like and say. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectorPages(
    @JsonPropertyDescription(
            "Who sends the mails, as in Unsubscribe from Acme Shop. The host when absent.")
        @Size(min = 1, max = 128)
        @Pattern(Formats.ONE_LINE)
        String name,
    @JsonPropertyDescription("Image at the top of the pages. HTTPS. None when absent.")
        @Size(max = Formats.URL_MAX)
        @Pattern(Formats.HTTPS_URL)
        String logo,
    @JsonPropertyDescription("Colours of the pages.") CollectorColours colours,
    @JsonPropertyDescription("Language (BCP 47) of people of whom none is known. Default en.")
        @Default("en")
        @Size(min = 2, max = Formats.LOCALE_MAX)
        @Pattern(Formats.LOCALE)
        String locale,
    @JsonPropertyDescription(
            "Texts in place of those that are shipped (en, de, fr, es, it, nl, pl, pt), and texts in"
                + " other languages. At most 64.")
        @Size(max = 64)
        @ListKeys("locale")
        List<PageTexts> texts,
    @JsonPropertyDescription(
            "Topics that people may choose, in this order. All of the store when absent. At most"
                + " 100.")
        @Size(max = 100)
        @ListKeys("name")
        List<PageTopic> topics,
    @JsonPropertyDescription(
            "The topic that is the consent to the counting of opens; pages show it apart. None when"
                + " absent.")
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.TOPIC)
        String trackingTopic,
    @JsonPropertyDescription("Where the privacy policy is. HTTPS.")
        @Size(max = Formats.URL_MAX)
        @Pattern(Formats.HTTPS_URL)
        String privacyUrl,
    @JsonPropertyDescription("Where it says who the sender is (imprint). HTTPS.")
        @Size(max = Formats.URL_MAX)
        @Pattern(Formats.HTTPS_URL)
        String imprintUrl,
    @JsonPropertyDescription("Postal address and the like, at the foot of the pages.")
        @Size(max = 2000)
        String imprint) {
  public static final CollectorPages DEFAULT =
      new CollectorPages(null, null, null, null, null, null, null, null, null, null);

  public CollectorPages {
    locale = Absent.or(locale, "en");
    texts = Absent.list(texts);
    topics = Absent.list(topics);
  }

  /** The same with a name and colours, which may have none of their own. */
  public CollectorPages named(String fallback) {
    return new CollectorPages(
        Absent.or(name, fallback),
        logo,
        Absent.or(colours, new CollectorColours(null, null, null)),
        locale,
        texts,
        topics,
        trackingTopic,
        privacyUrl,
        imprintUrl,
        imprint);
  }
}
