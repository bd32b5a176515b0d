package dev.lettershop.cli.pod;

import dev.lettershop.job.WorkerPlaces;
import dev.lettershop.worker.mount.MountedPlan;
import dev.lettershop.worker.mount.MountedSecrets;
import dev.lettershop.worker.status.ApiServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What all commands of Pods are told: where things are mounted. */
public final class PodOptions {
  @Option(
      names = "--plan",
      paramLabel = "DIR",
      defaultValue = WorkerPlaces.PLAN,
      description = "Folder with the plan's files. Default: ${DEFAULT-VALUE}.")
  private Path plan;

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      defaultValue = WorkerPlaces.SECRETS,
      description = {
        "Folder with a folder for each Secret, and in it a file for each key. Default:"
            + " ${DEFAULT-VALUE}."
      })
  private Path secrets;

  @Option(
      names = "--termination-log",
      paramLabel = "FILE",
      description = "Where to leave a termination message. Default: nowhere.")
  private Path terminationLog;

  @Option(
      names = "--api-server",
      paramLabel = "URL",
      description = {
        "Where to report status. Default: LETTERSHOP_API_SERVER, else the cluster's own address."
      })
  private String apiServer;

  @Option(
      names = "--service-account",
      paramLabel = "DIR",
      description = {
        "Folder with token, ca.crt and namespace. Default: LETTERSHOP_SERVICE_ACCOUNT, else where"
            + " Kubernetes mounts it. Without the folder no status is written."
      })
  private Path serviceAccount;

  public MountedPlan plan() {
    return MountedPlan.read(plan);
  }

  public MountedSecrets secrets() {
    return new MountedSecrets(secrets);
  }

  /** Null for none. */
  Path terminationLog() {
    return terminationLog;
  }

  Optional<ApiServer> apiServer(Map<String, String> environment) {
    Map<String, String> told = new HashMap<>(environment);
    if (apiServer != null) {
      told.put("LETTERSHOP_API_SERVER", apiServer);
    }
    if (serviceAccount != null) {
      told.put("LETTERSHOP_SERVICE_ACCOUNT", serviceAccount.toString());
    }
    return ApiServer.of(told);
  }
}
