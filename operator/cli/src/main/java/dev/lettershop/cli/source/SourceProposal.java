package dev.lettershop.cli.source;

import dev.lettershop.api.v1alpha1.source.OnInvalid;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.source.describe.SampledField;
import dev.lettershop.source.describe.SourceSampler;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a source's fields could become: attributes of a ProfileStore, and a mapping for what is not
 * called like its attribute. A start for people to change; only names and types are in it.
 */
public final class SourceProposal {
  private static final int MOST_LACKING_PERCENT = new OnInvalid(null, null).failAbovePercent();
  private static final Set<String> BUILT_IN = Set.of("email", "locale", "time_zone");
  private static final Set<String> KEPT = Set.of("id", "created_at", "updated_at");

  private static final Pattern PERSONAL =
      Pattern.compile(
          "(^|_)(e?mail|first_name|last_name|full_name|name|surname|vorname|nachname|phone|mobile"
              + "|tel|telephone|fax|street|address|strasse|anschrift|birth|birthday|birthdate|dob"
              + "|iban|ip|ssn|passport|zip|postcode|plz)(_|$)");

  private static final List<String> KEYS =
      List.of("customer_id", "user_id", "contact_id", "person_id", "subscriber_id", "id", "_id");

  private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Set<String> EVENT_FIELDS = Set.of("id", "occurred_at", "cloudevent");
  private static final Set<String> MESSAGE_IDS = Set.of("messageid", "eventid", "eventuuid");
  private static final List<String> MOMENTS =
      List.of("occurred_at", "timestamp", "time", "event_time", "at", "ts");

  private static final Pattern HAPPENED =
      Pattern.compile(
          "(?i)(created|ordered|placed|paid|purchased|processed|viewed|order)[ _-]?(at|on|date)");

  private final String source;
  private final Provides provides;
  private final SourceSampler.Seen seen;
  private final String unnamed;
  private final Agreement agreement;
  private final Map<String, SampledField> named = new LinkedHashMap<>();

  /** What the records say alone. */
  public SourceProposal(String source, Provides provides, SourceSampler.Seen seen) {
    this(source, provides, seen, null, Agreement.UNKNOWN);
  }

  /**
   * @param event what events are called where the records do not name them, or null
   * @param agreement what is known of consents besides the records
   */
  public SourceProposal(
      String source,
      Provides provides,
      SourceSampler.Seen seen,
      String event,
      Agreement agreement) {
    this.source = source;
    this.provides = provides;
    this.seen = seen;
    this.unnamed = event;
    this.agreement = agreement;
    for (SampledField field : seen.fields()) {
      String name = name(field);
      for (int i = 2; named.containsKey(name); i++) {
        name = name(field) + "_" + i;
      }
      named.put(name, field);
    }
  }

  /** Lower case, digits and underscores, as attributes are called. */
  private static String name(SampledField field) {
    String joined = String.join("_", field.path());
    if (field.holdsAddresses() && joined.toLowerCase(Locale.ROOT).contains("mail")) {
      return "email";
    }
    String plain =
        Normalizer.normalize(joined.replace("ß", "ss"), Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    if (plain.equals("timezone")) {
      return "time_zone";
    }
    String name = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "f_" + plain : plain;
    String bounded = name.length() > 60 ? name.substring(0, 60) : name;
    return KEPT.contains(bounded) ? "source_" + bounded : bounded;
  }

  /** The field that tells people apart; null when none seems to. */
  private Map.Entry<String, SampledField> key() {
    return named.entrySet().stream()
        .filter(this::isFilled)
        .filter(entry -> provides != Provides.Profiles || entry.getValue().unique())
        .filter(entry -> rank(entry) < KEYS.size() + 2)
        .min(Comparator.comparingInt(SourceProposal::rank))
        .orElse(null);
  }

  /** An address may lack in as many records as may go to quarantine. */
  private boolean isFilled(Map.Entry<String, SampledField> entry) {
    long records = seen.records() - seen.broken();
    long lacking = records - entry.getValue().filled();
    return lacking == 0
        || entry.getKey().equals("email") && lacking * 100 <= records * MOST_LACKING_PERCENT;
  }

  private static int rank(Map.Entry<String, SampledField> entry) {
    List<String> path = entry.getValue().path();
    int known = KEYS.indexOf(entry.getKey());
    if (known < 0) {
      known = KEYS.indexOf(path.get(path.size() - 1).toLowerCase(Locale.ROOT));
    }
    if (known >= 0) {
      return known;
    }
    if (entry.getKey().matches(".+_(id|nr|no|number|key|nummer)")) {
      return KEYS.size();
    }
    return entry.getKey().equals("email") ? KEYS.size() + 1 : Integer.MAX_VALUE;
  }

  /** What {@code -o json} prints. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("source", source);
    document.put("records", seen.records());
    document.put("broken", seen.broken());
    document.put("fields", fields());
    document.put("attributes", attributes());
    if (provides == Provides.Events) {
      document.put("events", events());
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("identity", identity());
    if (!mapping().isEmpty()) {
      spec.put("mapping", mapping());
    }
    document.put("spec", spec);
    return document;
  }

  private List<Map<String, Object>> fields() {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (SampledField field : seen.fields()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("field", String.join(".", field.path()));
      one.put("type", field.type() == null ? "unknown" : field.type().name());
      one.put("filled", field.filled());
      fields.add(one);
    }
    return fields;
  }

  /** Attributes of the store that the fields become; none of events. */
  public List<Map<String, Object>> attributes() {
    List<Map<String, Object>> attributes = new ArrayList<>();
    if (provides != Provides.Profiles) {
      return attributes;
    }
    Map.Entry<String, SampledField> key = key();
    named.forEach(
        (name, field) -> {
          boolean isKey = key != null && key.getKey().equals(name);
          if (BUILT_IN.contains(name) || isKey || field.type() == null) {
            return;
          }
          Map<String, Object> attribute = new LinkedHashMap<>();
          attribute.put("name", name);
          attribute.put("type", field.type().name());
          if (field.type() == AttributeType.String && PERSONAL.matcher(name).find()) {
            attribute.put("pii", true);
          }
          attributes.add(attribute);
        });
    return attributes;
  }

  /** Types of events as they were seen, with the properties that can be taken by name. */
  public List<Map<String, Object>> events() {
    List<Map<String, Object>> events = new ArrayList<>();
    Map.Entry<String, SampledField> key = key();
    Map<String, List<SampledField>> found = seen.events();
    if (namesThem()) {
      found = Map.of(unnamed, seen.fields());
    }
    found.forEach(
        (name, fields) -> {
          Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
          for (SampledField field : fields) {
            String property = property(field.path());
            boolean known =
                key != null && field.path().equals(key.getValue().path())
                    || field.path().equals(moment().path())
                    || !namesThem() && field.path().equals(seen.eventField().path())
                    || messageId() != null && field.path().equals(messageId().path());
            if (property != null && field.type() != null && !known) {
              properties.putIfAbsent(
                  property, Map.of("name", property, "type", field.type().name()));
            }
          }
          Map<String, Object> event = new LinkedHashMap<>();
          event.put("name", name);
          event.put("properties", properties.values().stream().map(TreeMap::new).toList());
          events.add(event);
        });
    return events;
  }

  /** The field's name as a property; null when it is none. */
  private static String property(List<String> path) {
    boolean inside = path.size() == 2 && path.get(0).equals("properties");
    String name = path.get(path.size() - 1);
    return (path.size() == 1 || inside)
            && PROPERTY.matcher(name).matches()
            && !(path.size() == 1 && EVENT_FIELDS.contains(name))
        ? name
        : null;
  }

  /** The field that says when an event happened; one that is nowhere when none seems to. */
  private Moment moment() {
    for (String name : MOMENTS) {
      SampledField field = named.get(name);
      if (field != null && field.type() == AttributeType.Timestamp && field.path().size() == 1) {
        return new Moment(field.path(), field.cel());
      }
    }
    List<SampledField> times =
        seen.fields().stream()
            .filter(field -> field.path().size() == 1 && field.type() == AttributeType.Timestamp)
            .toList();
    return times.stream()
        .filter(field -> times.size() == 1 || HAPPENED.matcher(field.path().get(0)).matches())
        .findFirst()
        .map(field -> new Moment(field.path(), field.cel()))
        .orElse(new Moment(List.of(), null));
  }

  /** The field that tells events apart, under another name than {@code id}; null when none does. */
  private SampledField messageId() {
    SampledField field = FieldNames.first(seen.fields(), MESSAGE_IDS);
    return field != null && field.unique() && !named.containsKey("source_id") ? field : null;
  }

  private record Moment(List<String> path, String cel) {}

  /** Field that tells people apart, and what else does. */
  public Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    Map.Entry<String, SampledField> key = key();
    identity.put("key", key == null ? "customer_id" : key.getKey());
    boolean address =
        provides == Provides.Profiles
            && named.containsKey("email")
            && !identity.get("key").equals("email");
    if (address) {
      identity.put("alsoMatch", List.of("email"));
    }
    return identity;
  }

  /** Whether a field says when events happened. */
  public boolean knowsMoments() {
    return moment().cel() != null;
  }

  /** Whether a field holds addresses. */
  public boolean hasAddresses() {
    return named.containsKey("email");
  }

  /** What makes consents of the records; empty when they say nothing about who wants mail. */
  public List<Map<String, Object>> consents() {
    return provides == Provides.Profiles
        ? ConsentColumns.mapping(seen.fields(), agreement)
        : List.of();
  }

  /** What makes suppressions of the records; empty when they say nothing about that. */
  public List<Map<String, Object>> suppressions() {
    return provides == Provides.Profiles
        ? SuppressionColumns.mapping(named.get("email"), seen.fields())
        : List.of();
  }

  /** The mapping of the identity's key alone. */
  public List<Map<String, Object>> keyMapping() {
    Object key = identity().get("key");
    return mapping().stream().filter(one -> one.get("to").equals(key)).toList();
  }

  /** What is not called like its attribute. */
  public List<Map<String, Object>> mapping() {
    List<Map<String, Object>> mapping = new ArrayList<>();
    Object key = identity().get("key");
    named.forEach(
        (name, field) -> {
          boolean same = field.path().size() == 1 && field.path().get(0).equals(name);
          boolean wanted = provides == Provides.Profiles || name.equals(key);
          boolean needed = !same || field.holdsDayNumbers();
          if (needed && wanted && field.type() != null) {
            boolean text = name.equals(key) && field.type() != AttributeType.String;
            mapping.add(
                FieldNames.mapped(name, text ? "string(" + field.cel() + ")" : field.value()));
          }
        });
    if (provides == Provides.Events) {
      mapEvent(mapping);
    }
    return mapping;
  }

  /** Whether the events need the name that was given. */
  private boolean namesThem() {
    return unnamed != null && seen.events().isEmpty();
  }

  private void mapEvent(List<Map<String, Object>> mapping) {
    SampledField event = seen.eventField();
    if (namesThem()) {
      mapping.add(FieldNames.mapped("name", "'" + unnamed + "'"));
    } else if (event != null && (seen.spokenNames() || !event.path().equals(List.of("name")))) {
      mapping.add(FieldNames.mapped("name", eventName(event)));
    }
    if (messageId() != null) {
      mapping.add(FieldNames.mapped("id", messageId().cel()));
    }
    if (!named.containsKey("occurred_at") && moment().cel() != null) {
      mapping.add(FieldNames.mapped("occurred_at", moment().cel()));
    }
  }

  private String eventName(SampledField field) {
    return seen.spokenNames()
        ? "string("
            + field.cel()
            + ").lowerAscii().replace(' ', '_').replace('-', '_').replace('.', '_')"
        : field.cel();
  }

  /** Whether no field seems to tell people apart. */
  public boolean hasNoKey() {
    return key() == null;
  }

  /** Why no field tells people apart, and what to do about it. */
  public String whyNoKey() {
    SampledField address = named.get("email");
    if (address == null) {
      return "no column tells people apart; add one such as customer_id, with another value in"
          + " each row";
    }
    String column = "\"" + String.join(".", address.path()) + "\"";
    long records = seen.records() - seen.broken();
    String fault =
        address.unique()
            ? " has a value in only %d of %d rows".formatted(address.filled(), records)
            : " holds the same address more than once";
    return column
        + fault
        + ", and no other column tells people apart; add one such as customer_id, or leave out"
        + " those rows";
  }

  /** What the proposal is made of. */
  public SourceSampler.Seen seen() {
    return seen;
  }
}
