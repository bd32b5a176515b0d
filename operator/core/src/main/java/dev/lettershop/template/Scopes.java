package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that a template can use, and what they stand for at one place in it. */
final class Scopes {
  static final String PROFILE = "profile";
  static final String CONTENT = "content";
  static final String CAMPAIGN = "campaign";
  static final String LINKS = "links";
  static final Set<String> GROUPS = Set.of(PROFILE, CONTENT, CAMPAIGN, LINKS);
  static final Set<String> CAMPAIGN_NAMES = Set.of("name");
  static final Set<String> LINK_NAMES = Set.of("unsubscribe");

  /** What a name stands for. */
  sealed interface Meaning {
    /** The full name. */
    String path();

    /** A group of values, such as {@code profile}. */
    record Group(String path) implements Meaning {}

    /**
     * One value.
     *
     * @param group one of {@link Scopes#GROUPS}
     * @param type null when it is text anyway
     */
    record One(String path, String group, AttributeType type) implements Meaning {
      boolean isList() {
        return type == AttributeType.StringList;
      }

      String member() {
        return path.substring(group.length() + 1);
      }
    }

    /** The current item or value of the section over {@code of}: the name {@code "."}. */
    record Current(One of) implements Meaning {
      @Override
      public String path() {
        return ".";
      }
    }

    /**
     * Nothing.
     *
     * @param message what is wrong with the name
     * @param fix what to write, or null
     */
    record Unknown(String path, String message, String fix) implements Meaning {}
  }

  private final ProfileSchema schema;
  private final Map<String, String> slots;
  private final NameSuggestions suggestions;
  private final List<Meaning> enclosing = new ArrayList<>();

  /**
   * @param slots the declared slots with their defaults
   */
  Scopes(ProfileSchema schema, Map<String, String> slots) {
    this.schema = schema;
    this.slots = slots;
    this.suggestions = new NameSuggestions(schema, slots.keySet());
  }

  void enter(Meaning section) {
    enclosing.add(section);
  }

  void leave() {
    enclosing.remove(enclosing.size() - 1);
  }

  /** Resolves a name from the innermost section outwards, as Mustache does. */
  Meaning resolve(String name) {
    if (name.equals(".")) {
      return current();
    }
    String[] parts = name.split("\\.");
    for (int i = enclosing.size() - 1; i >= 0; i--) {
      if (enclosing.get(i) instanceof Meaning.Group group && has(group.path(), parts[0])) {
        return member(name, group.path(), parts[0], parts.length);
      }
    }
    if (!GROUPS.contains(parts[0])) {
      return unknown(name, parts);
    }
    return parts.length == 1
        ? new Meaning.Group(name)
        : member(name, parts[0], parts[1], parts.length - 1);
  }

  /**
   * Whether the full name of {@code meaning} would be looked up wrongly here, because an enclosing
   * group has a value named like a group.
   */
  boolean hides(Meaning meaning) {
    String first = meaning.path().split("\\.", 2)[0];
    return enclosing.stream()
        .anyMatch(section -> section instanceof Meaning.Group group && has(group.path(), first));
  }

  private Meaning current() {
    Meaning innermost = enclosing.isEmpty() ? null : enclosing.get(enclosing.size() - 1);
    if (innermost instanceof Meaning.One value) {
      return new Meaning.Current(value);
    }
    if (innermost instanceof Meaning.Current current) {
      return current;
    }
    return new Meaning.Unknown(
        ".",
        "\"{{.}}\" stands for the current item of a list, and here is none",
        "write it inside {{#profile.<list>}}…{{/profile.<list>}}");
  }

  /**
   * @param depth number of parts of the name from {@code member} on
   */
  private Meaning member(String name, String group, String member, int depth) {
    if (!has(group, member)) {
      return suggestions.unknownMember(name, group, member);
    }
    String path = group + "." + member;
    if (depth > 1) {
      return new Meaning.Unknown(
          name, "\"" + path + "\" is one value and has no parts", "write {{" + path + "}}");
    }
    AttributeType type = group.equals(PROFILE) ? schema.attributes().get(member).type() : null;
    return new Meaning.One(path, group, type);
  }

  private Meaning unknown(String name, String[] parts) {
    for (int i = enclosing.size() - 1; i >= 0; i--) {
      if (enclosing.get(i) instanceof Meaning.Group group && parts.length == 1) {
        return suggestions.unknownMember(name, group.path(), name);
      }
    }
    return suggestions.unknownName(name, parts);
  }

  private boolean has(String group, String member) {
    return switch (group) {
      case PROFILE -> schema.attributes().containsKey(member);
      case CONTENT -> slots.containsKey(member);
      case CAMPAIGN -> CAMPAIGN_NAMES.contains(member);
      default -> LINK_NAMES.contains(member);
    };
  }
}
