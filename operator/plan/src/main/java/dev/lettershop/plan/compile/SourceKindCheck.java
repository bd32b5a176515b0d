package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.common.TlsMode;
import dev.lettershop.api.v1alpha1.source.HttpSource;
import dev.lettershop.api.v1alpha1.source.JdbcSource;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What can be known to be wrong with where a source reads from, without going there. */
final class SourceKindCheck {
  private SourceKindCheck() {}

  /** Problems by field path. */
  static List<FieldProblem> problems(ProfileSourceSpec spec) {
    long kinds =
        Stream.of(spec.file(), spec.jdbc(), spec.http(), spec.kafka(), spec.mongodb())
            .filter(Objects::nonNull)
            .count();
    if (kinds != 1) {
      return List.of(
          new FieldProblem(
              "spec",
              Problem.error(
                  null,
                  "exactly one of file, jdbc, http, kafka and mongodb must be set",
                  kinds == 0 ? "say where the records are read" : "make a ProfileSource of each")));
    }
    List<FieldProblem> problems = new ArrayList<>();
    if (spec.jdbc() != null) {
      jdbc(spec.jdbc(), problems);
    }
    if (spec.http() != null) {
      http(spec.http(), problems);
    }
    if (spec.kafka() != null
        && spec.kafka().tls() == TlsMode.Disable
        && spec.kafka().credentialsSecretRef() != null) {
      problems.add(
          warning(
              "spec.kafka.tls",
              "without TLS, whoever is on the way can read the messages",
              "use VerifyFull"));
    }
    return problems;
  }

  private static void jdbc(JdbcSource jdbc, List<FieldProblem> problems) {
    JdbcUrl.problem(jdbc.url())
        .ifPresent(problem -> problems.add(new FieldProblem("spec.jdbc.url", problem)));
    if (jdbc.watermarkColumn() == null
        && jdbc.query() != null
        && jdbc.query().matches("(?s).*(?<![:\\w]):watermark\\b.*")) {
      problems.add(
          error(
              "spec.jdbc.watermarkColumn",
              "is missing, and the query asks for :watermark",
              "name the column whose highest value :watermark is"));
    }
    if (jdbc.tls().mode() == TlsMode.Disable || jdbc.tls().mode() == TlsMode.Require) {
      problems.add(
          warning(
              "spec.jdbc.tls.mode",
              "whoever is on the way to the database can read, or stand in for it",
              "use VerifyFull, with the CA of the database in caSecretRef"));
    }
  }

  private static void http(HttpSource http, List<FieldProblem> problems) {
    boolean secret = http.auth().credentialsSecretRef() != null;
    if (secret && http.url().startsWith("http:")) {
      problems.add(
          warning(
              "spec.http.url",
              "credentials would go over a connection that is not encrypted",
              "use https"));
    }
  }

  private static FieldProblem error(String field, String message, String fix) {
    return new FieldProblem(field, Problem.error(null, message, fix));
  }

  private static FieldProblem warning(String field, String message, String fix) {
    return new FieldProblem(field, Problem.warning(null, message, fix));
  }
}
