package dev.lettershop.playground.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.view.ResourceTable;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop get}. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Show resources, as kubectl get does.",
      "Kinds by plural, singular or short name: campaigns, campaign, cmp. Several with commas;"
          + " lettershop for all of ours, all for what runs for them too."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:shown", "1:not found, or the API server does not answer", "2:usage"})
public final class GetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "KIND[/NAME]",
      arity = "1..*",
      description = "KIND, KIND NAME…, KIND/NAME… or all.")
  private List<String> words;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Output output;

  @Option(
      names = {"-w", "--watch"},
      description = "Go on and show each change. Of one kind, as a table.")
  private boolean watch;

  private final Clock clock;

  public GetCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    List<Target> targets = Target.of(words);
    boolean table = output == Output.table || output == Output.wide;
    if (watch && (!table || targets.size() != 1)) {
      throw new UsageException("-w shows one kind, or one resource, as a table");
    }
    try (ApiClient client = connection.connect()) {
      String namespace = connection.namespace(client);
      if (watch) {
        watch(client, namespace, targets.get(0));
        return 0;
      }
      Map<Target, List<JsonNode>> found = new LinkedHashMap<>();
      boolean complete = true;
      for (Target target : targets) {
        complete &= find(client, namespace, target, found);
      }
      show(found, table);
      return complete ? 0 : 1;
    }
  }

  private boolean find(
      ApiClient client, String namespace, Target target, Map<Target, List<JsonNode>> found) {
    if (target.name() == null) {
      found.put(target, client.list(target.kind(), namespace).items());
      return true;
    }
    Optional<JsonNode> resource = client.get(target.kind(), namespace, target.name());
    if (resource.isEmpty()) {
      notFound(spec, target, namespace);
      return false;
    }
    Target group = new Target(target.kind(), "");
    found.computeIfAbsent(group, kind -> new ArrayList<>()).add(resource.get());
    return true;
  }

  static void notFound(CommandSpec spec, Target target, String namespace) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(target.kind().qualified(target.name()) + " not found in namespace " + namespace);
    err.flush();
  }

  private void show(Map<Target, List<JsonNode>> found, boolean table) {
    PrintWriter out = spec.commandLine().getOut();
    List<JsonNode> all = found.values().stream().flatMap(List::stream).toList();
    if (!table) {
      boolean single = words.size() <= 2 && all.size() == 1 && !named(found).isEmpty();
      if (!all.isEmpty() || named(found).size() < found.size()) {
        output.print(out, all, single);
      }
      return;
    }
    if (all.isEmpty() && named(found).isEmpty()) {
      spec.commandLine().getErr().println("No resources found.");
      spec.commandLine().getErr().flush();
      return;
    }
    boolean first = true;
    for (Map.Entry<Target, List<JsonNode>> group : found.entrySet()) {
      if (!group.getValue().isEmpty()) {
        out.print(first ? "" : System.lineSeparator());
        first = false;
        new ResourceTable(group.getKey().kind(), output == Output.wide, found.size() > 1)
            .of(group.getValue(), clock.instant())
            .forEach(out::println);
      }
    }
    out.flush();
  }

  private static List<Target> named(Map<Target, List<JsonNode>> found) {
    return found.keySet().stream().filter(target -> target.name() != null).toList();
  }

  /** Until the process is told to stop. */
  private void watch(ApiClient client, String namespace, Target target) throws Exception {
    ApiClient.Listing listing = client.list(target.kind(), namespace);
    ResourceTable table = new ResourceTable(target.kind(), output == Output.wide, false);
    List<JsonNode> known = listing.items().stream().filter(item -> isMeant(target, item)).toList();
    print(table.of(known, clock.instant()));
    CountDownLatch ended = new CountDownLatch(1);
    try (ApiClient.Subscription ignored =
        client.watch(
            target.kind(),
            namespace,
            listing.resourceVersion(),
            (change, resource) -> {
              if (isMeant(target, resource)) {
                List<String> lines = table.of(List.of(resource), clock.instant());
                print(lines.subList(1, lines.size()));
              }
            },
            ended::countDown)) {
      ended.await();
    }
  }

  private static boolean isMeant(Target target, JsonNode resource) {
    return target.name() == null || target.name().equals(resource.at("/metadata/name").asText());
  }

  private synchronized void print(List<String> lines) {
    lines.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
  }
}
