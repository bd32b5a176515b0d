package dev.lettershop.playground.local;

/**
 * How to reach a playground's parts, as programs read it.
 *
 * @param pid of the process that everything ends with
 * @param postgresql as psql and libpq take it
 * @param smtp host and port
 * @param mails folder in which each mail is a file
 * @param controller where its health and metrics are
 * @param links where links of mails are answered, or null
 */
record Facts(
    long pid,
    String apiServer,
    String kubeconfig,
    String postgresql,
    String smtp,
    String mails,
    String controller,
    String controllerLog,
    String links) {}
