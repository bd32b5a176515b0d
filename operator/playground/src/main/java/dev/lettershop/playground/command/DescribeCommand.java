package dev.lettershop.playground.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.view.Description;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop describe}. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Show a resource with its status, its conditions and what happened, as kubectl describe does."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:shown", "1:not found, or the API server does not answer", "2:usage"})
public final class DescribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "KIND[/NAME]",
      arity = "1..*",
      description = "KIND for all of a kind, KIND NAME… or KIND/NAME….")
  private List<String> words;

  private final Clock clock;

  public DescribeCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    List<Target> targets = Target.of(words);
    try (ApiClient client = connection.connect()) {
      String namespace = connection.namespace(client);
      List<JsonNode> resources = new ArrayList<>();
      boolean complete = true;
      for (Target target : targets) {
        if (target.name() == null) {
          resources.addAll(client.list(target.kind(), namespace).items());
        } else {
          var found = client.get(target.kind(), namespace, target.name());
          found.ifPresentOrElse(resources::add, () -> GetCommand.notFound(spec, target, namespace));
          complete &= found.isPresent();
        }
      }
      PrintWriter out = spec.commandLine().getOut();
      for (int i = 0; i < resources.size(); i++) {
        JsonNode resource = resources.get(i);
        out.print(i == 0 ? "" : "\n\n");
        out.print(Description.of(resource, client.eventsOf(resource), clock.instant()));
      }
      out.flush();
      return complete ? 0 : 1;
    }
  }
}
