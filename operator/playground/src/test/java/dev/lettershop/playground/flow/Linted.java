package dev.lettershop.playground.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.playground.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code lettershop lint} says of manifests.
 *
 * @param findings errors alone, as {@code field: message; fix}
 */
record Linted(int exitCode, List<String> findings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Linted of(String manifests) throws IOException {
    Path file = Files.createTempFile("linted", ".yaml");
    try {
      Files.writeString(file, manifests);
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int exit =
          Main.commandLine(Clock.systemUTC())
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute("lint", "-f", file.toString(), "-o", "json");
      if (out.toString().isEmpty()) {
        throw new AssertionError("lint ends with " + exit + ": " + err);
      }
      List<String> findings = new ArrayList<>();
      for (JsonNode finding : JSON.readTree(out.toString()).findParents("severity")) {
        if (finding.path("severity").asText().equals("Error")) {
          findings.add(
              finding.path("field").asText()
                  + ": "
                  + finding.path("message").asText()
                  + "; "
                  + finding.path("fix").asText());
        }
      }
      return new Linted(exit, List.copyOf(findings));
    } finally {
      Files.delete(file);
    }
  }
}
