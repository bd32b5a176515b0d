package dev.lettershop.api.v1alpha1.schema;

/** Regular expressions and lengths of the schema. RE2 as in Go, so without look-around. */
public final class Formats {
  /** RFC 1123 subdomain, as all names of Kubernetes objects. */
  public static final String SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  public static final int SUBDOMAIN_MAX = 253;

  /** RFC 1123 label. */
  public static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  public static final int LABEL_MAX = 63;

  /** Key of a Secret or ConfigMap. */
  public static final String DATA_KEY = "^[-._a-zA-Z0-9]+$";

  /** A name that rules and templates can write, and that can be a column. */
  public static final String IDENTIFIER = "^[a-z][a-z0-9_]{0,62}$";

  public static final int IDENTIFIER_MAX = 63;

  /** A currency, as ISO 4217 has it. */
  public static final String CURRENCY = "^[A-Z]{3}$";

  /** Such as {@code 400d}, {@code 1h30m} and {@code 90s}; at least one unit by its length. */
  public static final String DURATION =
      "^([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$";

  public static final int DURATION_MIN = 2;
  public static final int DURATION_MAX = 32;

  /** Five fields, or one of the macros. */
  public static final String CRON =
      "^(@(hourly|daily|midnight|weekly|monthly|yearly|annually)"
          + "|[0-9*/,-]+ +[0-9*/,-]+ +[0-9*/,?-]+ +[0-9A-Za-z*/,-]+ +[0-9A-Za-z*/,?-]+)$";

  public static final int CRON_MAX = 100;

  /** IANA name, such as {@code Europe/Berlin}. */
  public static final String TIME_ZONE = "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,3}$";

  public static final int TIME_ZONE_MAX = 64;

  public static final String TIME_OF_DAY = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

  /** RFC 3339. */
  public static final String TIMESTAMP =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
          + "([Zz]|[+-][0-9]{2}:[0-9]{2})$";

  public static final int TIMESTAMP_MAX = 40;

  /** A host name or an IP address. */
  public static final String HOST = "^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+)$";

  public static final String HTTP_URL = "^https?://[^\\s@/]+([/?#]\\S*)?$";
  public static final String HTTPS_URL = "^https://[^\\s@/]+([/?#]\\S*)?$";
  public static final int URL_MAX = 2048;

  /** Scheme, host and port of a page (RFC 6454), as browsers send it. */
  public static final String ORIGIN = "^https?://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?$";

  public static final int ORIGIN_MAX = 270;

  /** Name of a topic that a person consents to. */
  public static final String TOPIC = "^[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

  public static final String COLOUR = "^#[0-9A-Fa-f]{6}$";

  /** RFC 5321 mailbox without quoted local parts; the domain may be international. */
  public static final String EMAIL =
      "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}"
          + "@[\\p{L}\\p{N}]([\\p{L}\\p{N}\\p{M}-]*[\\p{L}\\p{N}\\p{M}])?"
          + "([.][\\p{L}\\p{N}]([\\p{L}\\p{N}\\p{M}-]*[\\p{L}\\p{N}\\p{M}])?)+$";

  public static final int EMAIL_MAX = 254;

  /** BCP 47, such as {@code de} and {@code pt-BR}. */
  public static final String LOCALE = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$";

  public static final int LOCALE_MAX = 35;

  public static final String ONE_LINE = "^[^\\r\\n]*$";

  /** A quantity of Kubernetes, such as {@code 500m} and {@code 256Mi}. */
  public static final String QUANTITY = "^[0-9]+([.][0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$";

  /** HTML, MJML or text of a mail. */
  public static final int BODY_MAX = 262144;

  public static final int SUBJECT_MAX = 998;

  /** A CEL expression. */
  public static final int CEL_MAX = 8192;

  /** Value of a content slot. */
  public static final int SLOT_MAX = 4096;

  /** Value that a condition compares with. */
  public static final int VALUE_MAX = 1024;

  private Formats() {}
}
