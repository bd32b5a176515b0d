package dev.lettershop.cli.plan;

/** How {@code lint} prints what it finds. */
enum LintFormat {
  /** For people. */
  text,
  /** One JSON document. */
  json,
  /** SARIF 2.1.0, which code scanning of forges takes. */
  sarif,
  /** Workflow commands of GitHub Actions: findings beside the changed lines. */
  github,
  /** JUnit's XML, which every CI shows: a test for each resource. */
  junit
}
