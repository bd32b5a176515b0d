package dev.lettershop.playground.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.api.ResourceKinds;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop logs}. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Print what the Pods of a run said, in the order in which they were made.",
      "Of a campaign: of its latest run. Each line begins with the Pod when there are several."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:printed", "1:not found, or the API server does not answer", "2:usage"})
public final class LogsCommand implements Callable<Integer> {
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "KIND/NAME",
      arity = "1..2",
      description = "run/NAME, campaign/NAME, job/NAME or pod/NAME.")
  private List<String> words;

  @Override
  public Integer call() {
    List<Target> targets = Target.of(words);
    if (targets.size() != 1 || targets.get(0).name() == null) {
      throw new UsageException("Name one: run/NAME, campaign/NAME, job/NAME or pod/NAME");
    }
    try (ApiClient client = connection.connect()) {
      return print(client, connection.namespace(client), targets.get(0));
    }
  }

  private int print(ApiClient client, String namespace, Target target) {
    List<String> pods = pods(client, namespace, target);
    if (pods.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          target.kind().qualified(target.name()) + " has no Pods in namespace " + namespace);
      err.flush();
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    for (String pod : pods) {
      String prefix = pods.size() == 1 ? "" : pod + "  ";
      client.log(namespace, pod).lines().forEach(line -> out.println(prefix + line));
    }
    out.flush();
    return 0;
  }

  private static List<String> pods(ApiClient client, String namespace, Target target) {
    return switch (target.kind().kind()) {
      case "Pod" -> List.of(target.name());
      case "Job", "CampaignRun" -> ofJob(client, namespace, target.name());
      case "Campaign" ->
          client.list(ResourceKinds.called("campaignrun").get(0), namespace).items().stream()
              .filter(run -> run.at("/spec/campaignRef/name").asText().equals(target.name()))
              .max(Comparator.comparing(LogsCommand::created))
              .map(run -> ofJob(client, namespace, run.at("/metadata/name").asText()))
              .orElse(List.of());
      default ->
          throw new UsageException(
              target.kind().kind() + " has no Pods of its own; name a run, campaign, job or pod");
    };
  }

  private static List<String> ofJob(ApiClient client, String namespace, String job) {
    return client.list(ResourceKinds.POD, namespace).items().stream()
        .filter(pod -> pod.path("metadata").path("labels").path(JOB_NAME).asText().equals(job))
        .sorted(Comparator.comparing(LogsCommand::created))
        .map(pod -> pod.at("/metadata/name").asText())
        .toList();
  }

  private static String created(JsonNode resource) {
    return resource.at("/metadata/creationTimestamp").asText();
  }
}
