package dev.lettershop.cli.init;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.source.Agreement;
import dev.lettershop.encoding.JsonMappers;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that name a database to take profiles from. */
final class DatabaseOptions {
  private static final String SOURCE = "database";

  /** Where the password is when nobody can be asked. */
  static final String PASSWORD = "LETTERSHOP_JDBC_PASSWORD";

  @Option(
      names = "--jdbc",
      paramLabel = "URL",
      description = {
        "Database to read, such as jdbc:postgresql://crm.acme.example/crm; without login."
      })
  private String url;

  @Option(names = "--table", paramLabel = "NAME", description = "Table or view of --jdbc.")
  private String table;

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description = "Query of --jdbc, in place of --table.")
  private String query;

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description =
          "Who logs in to --jdbc; the password is asked for, or in "
              + PASSWORD
              + ". It goes into secrets.yaml, which stays out of Git.")
  private String username;

  @Option(
      names = "--jdbc-tls",
      paramLabel = "MODE",
      defaultValue = "VerifyFull",
      description = "VerifyFull, Require or Disable. Default: ${DEFAULT-VALUE}.")
  private String tls;

  boolean isGiven() {
    return url != null;
  }

  /** The login, or null when the database asks for none. */
  Login login(Questions questions) {
    if (url == null || username == null) {
      return null;
    }
    String password = System.getenv(PASSWORD);
    String answer = password == null ? questions.askSecretly("Password of " + username) : password;
    return new Login(username, answer == null ? "" : answer);
  }

  Study study(Login login, Agreement agreement) {
    if ((table == null) == (query == null)) {
      throw new UsageException("--jdbc needs either --table or --query");
    }
    Map<String, Object> jdbc = new LinkedHashMap<>();
    jdbc.put("url", url);
    jdbc.put(table == null ? "query" : "table", table == null ? query : table);
    jdbc.put("tls", Map.of("mode", tls));
    if (login != null) {
      jdbc.put("credentialsSecretRef", Map.of("name", Login.SECRET));
    }
    return Study.ofDatabase(SOURCE, Study.parsed(manifests(jdbc, login)), agreement);
  }

  private static String manifests(Map<String, Object> jdbc, Login login) {
    String source =
        """
        {"apiVersion": "lettershop.dev/v1alpha1", "kind": "ProfileSource",
         "metadata": {"name": "%s"}, "spec": {"identity": {"key": "id"}, "jdbc": %s}}
        """
            .formatted(SOURCE, JsonMappers.PLAIN.valueToTree(jdbc));
    return login == null
        ? source
        : source
            + "---\n"
            + """
              {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s"}, "stringData": %s}
              """
                .formatted(
                    Login.SECRET,
                    JsonMappers.PLAIN.valueToTree(
                        Map.of("username", login.username(), "password", login.password())));
  }
}
