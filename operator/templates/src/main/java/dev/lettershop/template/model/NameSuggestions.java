package dev.lettershop.template.model;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.profile.ProfileSchema;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Words the finding about a name that stands for nothing. */
public final class NameSuggestions {
  private final Set<String> attributes;
  private final Set<String> events;
  private final Set<String> slots;

  NameSuggestions(ProfileSchema schema, Set<String> slots) {
    this.attributes = schema.attributes().keySet();
    this.events = schema.events().keySet();
    this.slots = slots;
  }

  /** About {@code group.member}, or {@code member} inside a section over the group. */
  public Meaning unknownMember(String name, String group, String member) {
    return switch (group) {
      case Names.PROFILE ->
          new Meaning.Unknown(
              name, "unknown attribute \"" + member + "\"", DidYouMean.fix(member, attributes));
      case Names.CONTENT ->
          new Meaning.Unknown(
              name,
              "slot \"" + member + "\" is not declared",
              DidYouMean.nearest(member, slots)
                  .map(slot -> "did you mean \"" + slot + "\"? Else declare it in spec.slots")
                  .orElse("declare it in spec.slots"));
      case Names.CAMPAIGN ->
          new Meaning.Unknown(
              name,
              "\"campaign\" has no \"" + member + "\"",
              DidYouMean.fix(member, Names.CAMPAIGN_NAMES.keySet()));
      case Names.EVENTS ->
          new Meaning.Unknown(
              name,
              "the store declares no event \"" + member + "\"",
              events.isEmpty()
                  ? "declare it in spec.events of the ProfileStore"
                  : DidYouMean.fix(member, events));
      default ->
          new Meaning.Unknown(
              name, "unknown link \"" + member + "\"", DidYouMean.fix(member, Names.LINK_NAMES));
    };
  }

  /** About a field of the items of a list. */
  public Meaning.Unknown unknownField(String name, Meaning.Items items, String field) {
    return new Meaning.Unknown(
        name,
        "an item of \"" + items.path() + "\" has no \"" + field + "\"",
        DidYouMean.fix(field, items.fields().keySet()));
  }

  /** About a part of a list, where an item's is meant. */
  public Meaning fieldOutside(String name, Meaning.Items items) {
    return new Meaning.Unknown(
        name,
        "\"" + items.path() + "\" is a list, and its items have to be gone through",
        "repeat something for each item, and name the field inside");
  }

  /** About a name whose first part is none of the groups. */
  public Meaning unknownName(String name, List<String> parts) {
    String message = "unknown name \"" + name + "\"";
    String last = parts.get(parts.size() - 1);
    if (parts.size() > 1) {
      var group = DidYouMean.nearest(parts.get(0), Names.GROUPS);
      if (group.isPresent() && exists(group.get(), parts.get(1))) {
        String rest = String.join(".", parts.subList(1, parts.size()));
        return new Meaning.Unknown(
            name, message, "did you mean \"" + group.get() + "." + rest + "\"?");
      }
    }
    if (last.toLowerCase(Locale.ROOT).contains("unsubscribe")) {
      return new Meaning.Unknown(name, message, "did you mean \"links.unsubscribe\"?");
    }
    String full = full(last);
    return new Meaning.Unknown(
        name,
        message,
        full != null
            ? "did you mean \"" + full + "\"?"
            : "names begin with profile., content., campaign., links., events. or are"
                + " recommendations");
  }

  private boolean exists(String group, String member) {
    return switch (group) {
      case Names.PROFILE -> attributes.contains(member);
      case Names.CONTENT -> slots.contains(member);
      case Names.CAMPAIGN -> Names.CAMPAIGN_NAMES.containsKey(member);
      case Names.EVENTS -> events.contains(member);
      case Names.LINKS -> Names.LINK_NAMES.contains(member);
      default -> false;
    };
  }

  private String full(String name) {
    if (attributes.contains(name)) {
      return "profile." + name;
    }
    if (slots.contains(name)) {
      return "content." + name;
    }
    Collection<String> both = new TreeSet<>(attributes);
    both.addAll(slots);
    return DidYouMean.nearest(name, both)
        .map(near -> (attributes.contains(near) ? "profile." : "content.") + near)
        .orElse(null);
  }
}
