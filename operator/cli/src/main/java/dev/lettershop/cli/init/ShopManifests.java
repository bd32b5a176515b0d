package dev.lettershop.cli.init;

import dev.lettershop.cli.source.SourceManifests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The resources of a project. Decides; writes nothing. */
final class ShopManifests {
  static final String CAMPAIGN = "first-mail";
  private static final String NEWSLETTER = "newsletter";
  private static final String NAME = "name";
  private static final List<String> FIRST_NAMES =
      List.of("first_name", "firstname", "given_name", "vorname", "prenom", "fname");

  private final Shop shop;
  private final List<Study> studies;
  private final Attributes attributes;
  private final List<SegmentProposal> segments;

  ShopManifests(Shop shop, List<Study> studies) {
    this.shop = shop;
    this.studies = studies;
    this.attributes = Attributes.of(studies);
    this.segments = SegmentProposal.of(attributes);
  }

  Map<String, Object> store() {
    Map<String, Object> spec = new LinkedHashMap<>();
    Map<String, Object> postgresql = new LinkedHashMap<>();
    postgresql.put("host", "postgres." + shop.domain());
    postgresql.put("database", "lettershop");
    postgresql.put("credentialsSecretRef", Map.of(NAME, "lettershop-db"));
    spec.put("postgresql", postgresql);
    spec.put("attributes", attributes.attributes());
    if (!attributes.events().isEmpty()) {
      spec.put("events", attributes.events());
    }
    Map<String, Object> topic = new LinkedHashMap<>();
    topic.put(NAME, NEWSLETTER);
    topic.put("optIn", "Single");
    spec.put("topics", List.of(topic));
    return SourceManifests.document("ProfileStore", "default", spec);
  }

  List<Map<String, Object>> sources() {
    List<Map<String, Object>> sources = new ArrayList<>();
    for (Study study : studies) {
      sources.addAll(
          new SourceManifests(study.name(), study.spec(), null, study.proposal()).sources());
    }
    return sources;
  }

  /** Whether anything says who wants mail. */
  boolean knowsConsents() {
    return studies.stream()
        .flatMap(study -> study.proposal().consents().stream())
        .anyMatch(one -> String.valueOf(one.get("value")).contains("'Granted'"));
  }

  List<Map<String, Object>> segments() {
    return segments.stream()
        .map(
            segment ->
                SourceManifests.document(
                    "Segment", segment.name(), Map.of("expression", segment.expression())))
        .toList();
  }

  /** What tells the members of each segment, in a few words. */
  List<String> aboutSegments() {
    return segments.stream().map(segment -> segment.name() + ": " + segment.about()).toList();
  }

  Map<String, Object> transport() {
    Map<String, Object> smtp = new LinkedHashMap<>();
    smtp.put("host", "smtp." + shop.domain());
    smtp.put("port", 587);
    smtp.put("tls", "StartTls");
    smtp.put("credentialsSecretRef", Map.of(NAME, "smtp"));
    Map<String, Object> key = new LinkedHashMap<>();
    key.put(NAME, "links");
    key.put("key", "key");
    Map<String, Object> links = new LinkedHashMap<>();
    links.put("baseUrl", "https://links." + shop.domain());
    links.put("keySecretRef", key);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("smtp", smtp);
    spec.put("from", Map.of("domains", List.of(shop.domain())));
    spec.put("links", links);
    return SourceManifests.document("MailTransport", "default", spec);
  }

  Map<String, Object> campaign() {
    Map<String, Object> from = new LinkedHashMap<>();
    from.put(NAME, shop.name());
    from.put("address", shop.address());
    SegmentProposal special = segments.get(1);
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("segment", special.name());
    rule.put("set", Map.of("intro", special.greeting()));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("templateRef", Map.of(NAME, CAMPAIGN));
    content.put("rules", List.of(rule));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("from", from);
    spec.put("topic", NEWSLETTER);
    spec.put("audience", Map.of("include", List.of(segments.get(0).name())));
    spec.put("content", content);
    return SourceManifests.document("Campaign", CAMPAIGN, spec);
  }

  /**
   * @param mjml with placeholders for the greeting, the shop and its address
   */
  Map<String, Object> template(String mjml) {
    String firstName = firstName();
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("subject", "{{content.headline}}");
    spec.put("preheader", "{{content.intro}}");
    spec.put(
        "slots",
        List.of(
            slot("headline", "News from " + shop.name()),
            slot("intro", "This is the first mail that is made from your own data."),
            slot("cta", "Have a look")));
    Map<String, Object> somebody = new LinkedHashMap<>();
    if (firstName != null) {
      spec.put("defaults", Map.of(firstName, "there"));
      somebody.put(firstName, "Ada");
    }
    List<Map<String, Object>> previews = new ArrayList<>();
    if (firstName != null) {
      previews.add(preview("with-name", somebody));
    }
    previews.add(preview("nothing-known", Map.of()));
    spec.put("previews", previews);
    spec.put(
        "mjml",
        mjml.replace("@greeting@", firstName == null ? "" : " {{profile." + firstName + "}}")
            .replace("@shop@", escaped(shop.name()))
            .replace("@domain@", shop.domain())
            .replace("@postal@", escaped(shop.postal())));
    return SourceManifests.document("EmailTemplate", CAMPAIGN, spec);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;");
  }

  private static Map<String, Object> slot(String name, String text) {
    Map<String, Object> slot = new LinkedHashMap<>();
    slot.put(NAME, name);
    slot.put("default", text);
    return slot;
  }

  private static Map<String, Object> preview(String name, Map<String, Object> profile) {
    Map<String, Object> preview = new LinkedHashMap<>();
    preview.put(NAME, name);
    preview.put("profile", profile);
    return preview;
  }

  private String firstName() {
    Map<String, String> types = attributes.types();
    return FIRST_NAMES.stream()
        .filter(name -> "String".equals(types.get(name)))
        .findFirst()
        .orElse(null);
  }
}
