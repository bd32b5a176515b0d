package dev.lettershop.job;

/** Where a worker in a Pod finds what it is handed. Every place is also an option's value. */
public final class WorkerPlaces {
  /** Folder with the files of a plan: see {@link PlanFiles}. */
  public static final String PLAN = "/etc/lettershop/plan";

  /** File with the plan of a collector, compressed: see {@link PlanFiles}. */
  public static final String COLLECTOR_PLAN = PLAN + "/" + PlanFiles.COLLECTOR;

  /** Folder in which a collector keeps what it could not write yet. */
  public static final String COLLECTOR_SPOOL = "/var/lib/lettershop/spool";

  /** Folder with a folder for each Secret, and in it a file for each key. */
  public static final String SECRETS = "/etc/lettershop/secrets";

  /** Folder with a folder for each ProfileSource: the volume that it reads. */
  public static final String SOURCES = "/etc/lettershop/sources";

  /** Folder in {@link #SOURCES} with a folder for each ConfigMap that holds tables of values. */
  public static final String TABLES = ".tables";

  /** Folder with the volume of a MailTransport's spool of bounces. */
  public static final String SPOOL = "/etc/lettershop/spool";

  /** File with one address a line: the only ones that a test run mails. */
  public static final String TEST_RECIPIENTS = "/etc/lettershop/run/test-recipients";

  /** File for the {@link TerminationMessage}. */
  public static final String TERMINATION_LOG = "/dev/termination-log";

  /** Port on which a Pod that never ends answers probes. */
  public static final int PROBE_PORT = 9000;

  /** Environment variable: name of the run, which is the Job's. */
  public static final String RUN_NAME = "LETTERSHOP_RUN";

  /** Environment variable that Kubernetes sets in the Pods of an Indexed Job: the shard. */
  public static final String SHARD = "JOB_COMPLETION_INDEX";

  private WorkerPlaces() {}
}
