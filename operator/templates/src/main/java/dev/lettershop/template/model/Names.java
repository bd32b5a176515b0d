package dev.lettershop.template.model;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.profile.ProfileSchema;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that one template can use, in whichever language it is written. */
public final class Names {
  public static final String PROFILE = "profile";
  public static final String CONTENT = "content";
  public static final String CAMPAIGN = "campaign";
  public static final String LINKS = "links";
  public static final String EVENTS = "events";
  public static final String RECOMMENDATIONS = "recommendations";

  /** In the order in which they are explained. */
  public static final List<String> GROUPS =
      List.of(PROFILE, CONTENT, CAMPAIGN, LINKS, EVENTS, RECOMMENDATIONS);

  static final Map<String, AttributeType> CAMPAIGN_NAMES =
      Map.of("name", AttributeType.String, "date", AttributeType.Timestamp);
  static final Set<String> LINK_NAMES = Set.of("unsubscribe", "preferences", "confirm");

  /** When it happened; a property of every event. */
  public static final String OCCURRED_AT = "occurred_at";

  private final String template;
  private final ProfileSchema schema;
  private final Map<String, SlotDefinition> slots;
  private final Set<String> defaults;
  private final Collection<String> partials;
  private final NameSuggestions suggestions;
  private final Set<String> reportedWithoutDefault = new HashSet<>();

  /**
   * @param template name of the EmailTemplate
   * @param slots declared slots
   * @param defaults attributes that have a default
   * @param partials names of the declared partials
   */
  public Names(
      String template,
      ProfileSchema schema,
      Map<String, SlotDefinition> slots,
      Set<String> defaults,
      Collection<String> partials) {
    this.template = template;
    this.schema = schema;
    this.slots = slots;
    this.defaults = defaults;
    this.partials = partials;
    this.suggestions = new NameSuggestions(schema, slots.keySet());
  }

  /** Keeps the variables of this template apart from those of its partials. */
  public String variablePrefix() {
    return "v_" + template.replaceAll("[^a-zA-Z0-9]", "_") + "_";
  }

  /** The store's currency, as ISO 4217 has it; null when it declares none. */
  public String currency() {
    return schema.currency();
  }

  public Collection<String> partials() {
    return partials;
  }

  public NameSuggestions suggestions() {
    return suggestions;
  }

  public boolean hasDefault(String attribute) {
    return defaults.contains(attribute);
  }

  /** True the first time only: one finding about an attribute is enough. */
  public boolean firstWithoutDefault(String attribute) {
    return reportedWithoutDefault.add(attribute);
  }

  public boolean isHtmlSlot(String path) {
    SlotDefinition slot =
        path.startsWith(CONTENT + ".") ? slots.get(path.substring(CONTENT.length() + 1)) : null;
    return slot != null && slot.type() == SlotType.Html;
  }

  public boolean has(String group, String member) {
    return switch (group) {
      case PROFILE -> schema.attributes().containsKey(member);
      case CONTENT -> slots.containsKey(member);
      case CAMPAIGN -> CAMPAIGN_NAMES.containsKey(member);
      case LINKS -> LINK_NAMES.contains(member);
      case EVENTS -> schema.events().containsKey(member);
      default -> false;
    };
  }

  /**
   * What a name says from the outermost scope, with all its parts.
   *
   * @param name as the author wrote it, for messages
   * @param parts of the full name
   */
  public Meaning resolve(String name, List<String> parts) {
    String group = parts.get(0);
    if (!GROUPS.contains(group)) {
      return suggestions.unknownName(name, parts);
    }
    if (group.equals(RECOMMENDATIONS)) {
      Meaning.Items items = new Meaning.Items(group, Recommendation.FIELDS);
      return parts.size() == 1 ? items : suggestions.fieldOutside(name, items);
    }
    return parts.size() == 1
        ? new Meaning.Group(group)
        : member(name, group, parts.subList(1, parts.size()));
  }

  /**
   * A member of a group.
   *
   * @param parts of the name, from the member on
   */
  public Meaning member(String name, String group, List<String> parts) {
    String member = parts.get(0);
    if (!has(group, member)) {
      return suggestions.unknownMember(name, group, member);
    }
    String path = group + "." + member;
    if (group.equals(EVENTS)) {
      Meaning.Items items = new Meaning.Items(path, properties(member));
      return parts.size() == 1 ? items : suggestions.fieldOutside(name, items);
    }
    if (parts.size() > 1) {
      return new Meaning.Unknown(
          name, "\"" + path + "\" is one value and has no parts", "write {{" + path + "}}");
    }
    return new Meaning.One(path, group, type(group, member));
  }

  private Map<String, AttributeType> properties(String event) {
    Map<String, AttributeType> properties =
        new java.util.TreeMap<>(schema.events().get(event).properties());
    properties.put(OCCURRED_AT, AttributeType.Timestamp);
    return properties;
  }

  private AttributeType type(String group, String member) {
    return switch (group) {
      case PROFILE -> schema.attributes().get(member).type();
      case CONTENT ->
          switch (slots.get(member).type()) {
            case List -> AttributeType.StringList;
            case Number -> AttributeType.Double;
            case Boolean -> AttributeType.Boolean;
            default -> AttributeType.String;
          };
      case CAMPAIGN -> CAMPAIGN_NAMES.get(member);
      default -> AttributeType.String;
    };
  }
}
