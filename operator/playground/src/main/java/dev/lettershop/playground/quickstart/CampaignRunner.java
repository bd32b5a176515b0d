package dev.lettershop.playground.quickstart;

import dev.lettershop.api.v1alpha1.CampaignRunStatus;
import dev.lettershop.plan.Plan;
import dev.lettershop.source.SyncResult;
import java.nio.file.Path;
import java.util.List;

/** Runs a campaign as {@code lettershop run} does. */
interface CampaignRunner {

  /**
   * What to run.
   *
   * @param resources folder of the resources; inputs are relative to it
   * @param endpoints servers to use instead of those that the resources name
   */
  record Order(Path resources, String campaign, String runName, Endpoints endpoints) {}

  /** A PostgreSQL and an SMTP server without TLS; SMTP without login. */
  record Endpoints(
      String databaseHost,
      int databasePort,
      String database,
      String username,
      String password,
      String smtpHost,
      int smtpPort) {

    /** Without the password. */
    @Override
    public String toString() {
      return databaseHost + ":" + databasePort + "/" + database + ", " + smtpHost + ":" + smtpPort;
    }
  }

  /**
   * What came of it.
   *
   * @param exitCode as {@code lettershop run} would exit
   * @param status null when the run did not begin
   * @param plan null when the resources are wrong
   * @param sources in the order they were read
   */
  record Outcome(int exitCode, CampaignRunStatus status, Plan plan, List<SyncResult> sources) {}

  /** Has told the user, on standard error, when something was wrong. */
  Outcome run(Order order);
}
