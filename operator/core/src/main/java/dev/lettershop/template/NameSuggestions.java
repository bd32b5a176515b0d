package dev.lettershop.template;

import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.Scopes.Meaning;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Words the finding about a name that stands for nothing. */
final class NameSuggestions {
  private static final Set<String> PLANNED = Set.of("events", "recommendations");

  private final Set<String> attributes;
  private final Set<String> slots;

  NameSuggestions(ProfileSchema schema, Set<String> slots) {
    this.attributes = schema.attributes().keySet();
    this.slots = slots;
  }

  /** About {@code group.member}, or {@code member} inside a section over the group. */
  Meaning unknownMember(String name, String group, String member) {
    return switch (group) {
      case Scopes.PROFILE ->
          new Meaning.Unknown(
              name, "unknown attribute \"" + member + "\"", DidYouMean.fix(member, attributes));
      case Scopes.CONTENT ->
          new Meaning.Unknown(
              name,
              "slot \"" + member + "\" is not declared",
              DidYouMean.nearest(member, slots)
                  .map(slot -> "did you mean \"" + slot + "\"? Else declare it in spec.slots")
                  .orElse("declare it in spec.slots"));
      case Scopes.CAMPAIGN ->
          new Meaning.Unknown(
              name,
              "\"campaign\" has no \"" + member + "\"",
              DidYouMean.fix(member, Scopes.CAMPAIGN_NAMES));
      default ->
          new Meaning.Unknown(
              name, "unknown link \"" + member + "\"", DidYouMean.fix(member, Scopes.LINK_NAMES));
    };
  }

  /** About a name whose first part is none of the groups. */
  Meaning unknownName(String name, String[] parts) {
    if (PLANNED.contains(parts[0])) {
      return new Meaning.Unknown(
          name, "\"" + parts[0] + "\" is not available in templates yet", "remove the tag");
    }
    String message = "unknown name \"" + name + "\"";
    String last = parts[parts.length - 1];
    if (parts.length > 1) {
      var group = DidYouMean.nearest(parts[0], Scopes.GROUPS);
      if (group.isPresent()) {
        String rest = name.substring(parts[0].length());
        return new Meaning.Unknown(name, message, "did you mean \"" + group.get() + rest + "\"?");
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
            : "names begin with profile., content., campaign. or links.");
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
