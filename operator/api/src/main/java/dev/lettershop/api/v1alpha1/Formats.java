package dev.lettershop.api.v1alpha1;

/** Regular expressions of the schema; RE2 as in Go, so without look-around. */
final class Formats {
  /** RFC 1123 subdomain, as all names of Kubernetes objects. */
  static final String OBJECT_NAME =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /** Key of a Secret or ConfigMap. */
  static final String DATA_KEY = "^[-._a-zA-Z0-9]+$";

  /** A name that can be written in rules and templates, and be a column. */
  static final String ATTRIBUTE = "^[a-z][a-z0-9_]{0,62}$";

  /** A name that can be written in rules and templates. */
  static final String IDENTIFIER = "^[A-Za-z_][A-Za-z0-9_]{0,62}$";

  static final String EVENT = "^[A-Za-z_][A-Za-z0-9_.:-]{0,62}$";

  /** A short name of a part of a resource. */
  static final String PART = "^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$";

  /** Such as {@code 400d}, {@code 1h30m} and {@code 90s}; at least one unit by its length. */
  static final String DURATION = "^([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$";

  /** Five fields, or one of the macros. */
  static final String CRON =
      "^(@(hourly|daily|midnight|weekly|monthly|yearly|annually)"
          + "|[0-9*/,-]+ +[0-9*/,-]+ +[0-9*/,?-]+ +[0-9A-Za-z*/,-]+ +[0-9A-Za-z*/,?-]+)$";

  /** IANA name, such as {@code Europe/Berlin}. */
  static final String TIME_ZONE = "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,3}$";

  static final String TIME_OF_DAY = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

  /** RFC 3339. */
  static final String INSTANT =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
          + "([Zz]|[+-][0-9]{2}:[0-9]{2})$";

  /** A host name or an IP address. */
  static final String HOST = "^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\\[?[0-9A-Fa-f:.]+\\]?)$";

  static final String DOMAIN =
      "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$";

  /** RFC 5321 mailbox without quoted local parts; international domains as A-labels. */
  static final String ADDRESS =
      "^[^\\s@<>()\\[\\],;:\"\\\\]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
          + "([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$";

  /** BCP 47, such as {@code de} and {@code pt-BR}. */
  static final String LOCALE = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$";

  /** One line of text. */
  static final String LINE = "^[^\\r\\n]*$";

  static final String QUANTITY = "^[0-9]+([.][0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$";

  private Formats() {}
}
