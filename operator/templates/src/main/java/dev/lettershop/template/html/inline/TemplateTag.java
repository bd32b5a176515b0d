package dev.lettershop.template.html.inline;

/**
 * A tag of the template language in a body.
 *
 * @param text as it stands there
 * @param start offset in the source
 */
public record TemplateTag(String text, int start, Role role) {

  /** What a tag does to the HTML around it. */
  public enum Role {
    /** Becomes text. */
    Value,
    /** Becomes HTML that is not known yet. */
    Markup,
    /** Begins something that is left out or repeated. */
    Begin,
    /** Ends one such part and begins another. */
    Middle,
    /** Ends it. */
    End;

    /** Whether what stands beside the tag depends on it. */
    public boolean isSection() {
      return this == Begin || this == Middle || this == End;
    }
  }

  /** Offset behind it. */
  public int end() {
    return start + text.length();
  }
}
