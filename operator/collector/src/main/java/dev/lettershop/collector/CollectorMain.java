package dev.lettershop.collector;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Reads the command line, and hands over to Quarkus. */
@QuarkusMain
@Command(
    name = "lettershop-collector",
    mixinStandardHelpOptions = true,
    description = "Answers what mails link to, and takes events and webhooks.")
public final class CollectorMain implements Runnable {
  @Option(
      names = "--plan",
      required = true,
      paramLabel = "FILE",
      description = "The plan that was compiled from the Collector resource.")
  private Path plan;

  @Option(
      names = "--secrets",
      required = true,
      paramLabel = "FOLDER",
      description = "Where Secrets are mounted: FOLDER/<Secret>/<key>.")
  private Path secrets;

  @Option(
      names = "--spool",
      paramLabel = "FOLDER",
      description =
          "Where what cannot be stored waits while the database is away. Needed unless --only is"
              + " Mapping.")
  private Path spool;

  @Option(
      names = "--only",
      paramLabel = "PART",
      description =
          "Web: answers requests. Mapping: turns what was taken into events and profiles."
              + " Both when absent.")
  private Part only;

  /** What a process does. */
  public enum Part {
    /** Answers requests, with a database role that may do little. */
    Web,
    /** Turns intake into events and profiles, with the role that owns the store. */
    Mapping
  }

  public static void main(String... args) {
    CommandLine command = new CommandLine(new CollectorMain());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    int status = command.execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public void run() {
    if (spool == null && only != Part.Mapping) {
      throw new ParameterException(new CommandLine(this), "Missing required option: '--spool'");
    }
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    // Certificates of SNS name where their issuers' are; read once, before the first is verified.
    System.setProperty("com.sun.security.enableAIAcaIssuers", "true");
    System.setProperty(CollectorProcess.PLAN, plan.toString());
    System.setProperty(CollectorProcess.SECRETS, secrets.toString());
    if (spool != null) {
      System.setProperty(CollectorProcess.SPOOL, spool.toString());
    }
    if (only != null) {
      System.setProperty(CollectorProcess.ONLY, only.name());
    }
    if (only == Part.Mapping) {
      System.setProperty("quarkus.http.host-enabled", "false");
    }
    Quarkus.run();
  }
}
