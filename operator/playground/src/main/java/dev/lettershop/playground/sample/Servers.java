package dev.lettershop.playground.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A PostgreSQL and an SMTP server without TLS; SMTP without login. */
public record Servers(
    String databaseHost,
    int databasePort,
    String database,
    String username,
    String password,
    String smtpHost,
    int smtpPort) {

  /**
   * Writes these servers into a resource that names others.
   *
   * @param database name of the database in place of a ProfileStore's
   * @return whether the resource names any
   */
  public boolean replaceIn(ObjectNode resource, String database) {
    switch (resource.path("kind").asText()) {
      case "ProfileStore" -> {
        ObjectNode postgresql = (ObjectNode) resource.at("/spec/postgresql");
        postgresql.put("host", databaseHost).put("port", databasePort);
        postgresql.put("database", database);
        postgresql.putObject("tls").put("mode", "Disable");
      }
      case "MailTransport" -> {
        ObjectNode smtp = (ObjectNode) resource.at("/spec/smtp");
        smtp.put("host", smtpHost).put("port", smtpPort).put("tls", "None");
        ((ObjectNode) resource.at("/spec")).remove("alternatives");
        smtp.remove(List.of("credentialsSecretRef", "caSecretRef", "auth"));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return databaseHost + ":" + databasePort + "/" + database + ", " + smtpHost + ":" + smtpPort;
  }
}
