package dev.lettershop.template.html.inline;

/**
 * What decides between declarations about the same (CSS Cascade Level 4 §6.1, for one author):
 * importance, then whether it stands in the style attribute, then specificity, then order.
 */
record Origin(boolean important, boolean attribute, int specificity, int order)
    implements Comparable<Origin> {

  @Override
  public int compareTo(Origin other) {
    int byImportance = Boolean.compare(important, other.important);
    int byPlace = Boolean.compare(attribute, other.attribute);
    int bySpecificity = Integer.compare(specificity, other.specificity);
    return byImportance != 0
        ? byImportance
        : byPlace != 0
            ? byPlace
            : bySpecificity != 0 ? bySpecificity : Integer.compare(order, other.order);
  }

  boolean beats(Origin other) {
    return compareTo(other) > 0;
  }

  Origin promoted() {
    return new Origin(true, attribute, specificity, order);
  }
}
