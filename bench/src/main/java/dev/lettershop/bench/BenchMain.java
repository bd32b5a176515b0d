package dev.lettershop.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.cli.output.Logging;
import dev.lettershop.encoding.JsonMappers;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs benchmarks, prints a table and writes the figures as JSON. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measure, print a table, write JSON. Without a name, run all benchmarks.")
public final class BenchMain implements Callable<Integer> {
  private static final List<Benchmark> ALL =
      List.of(
          new EndToEndBenchmark(),
          new ControlPlaneBenchmark(),
          new ApiServerBenchmark(),
          new DeliveryBenchmark(),
          new SmtpBenchmark(),
          new LedgerBenchmark(),
          new EncryptionBenchmark(),
          new SegmentsBenchmark(),
          new SourcesBenchmark(),
          new ModelsBenchmark(),
          new InsightBenchmark(),
          new CollectorBenchmark(),
          new TriggersBenchmark(),
          new TemplatesBenchmark());

  @Parameters(paramLabel = "NAME", description = "What to run; --list shows what there is.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "List the benchmarks.")
  private boolean list;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "How much to measure with, instead of each benchmark's default.")
  private Long size;

  @Option(
      names = "--part",
      paramLabel = "PART",
      description = "Measure only this part of the benchmark; --list shows which there are.")
  private String part;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "bench/results",
      description = "Where to write the JSON. Default: ${DEFAULT-VALUE}.")
  private Path out;

  public static void main(String[] args) {
    Logging.configure();
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter console = new PrintWriter(System.out, true);
    if (list) {
      ALL.forEach(
          b ->
              console.println(
                  b.name()
                      + "  "
                      + b.summary()
                      + (b.parts().isEmpty()
                          ? ""
                          : " (parts: " + String.join(", ", b.parts()) + ")")));
      return 0;
    }
    List<Benchmark> chosen = new ArrayList<>(ALL);
    if (names.isEmpty()) {
      chosen.removeIf(b -> !b.isPossible());
    } else {
      chosen.removeIf(b -> !names.contains(b.name()));
      if (chosen.size() != names.size()) {
        System.err.println("Unknown benchmark; bench/run --list shows them all");
        return 2;
      }
    }
    if (part != null && !chosen.stream().allMatch(b -> b.parts().contains(part))) {
      System.err.println("Unknown part; bench/run --list shows them all");
      return 2;
    }
    for (Benchmark benchmark : chosen) {
      long amount = size == null ? benchmark.defaultSize() : size;
      List<Figure> figures = part == null ? benchmark.run(amount) : benchmark.run(amount, part);
      print(console, benchmark, amount, figures);
      write(benchmark, amount, figures);
      for (Map.Entry<String, String> plot : benchmark.plots().entrySet()) {
        Files.writeString(out.resolve(plot.getKey()), plot.getValue());
      }
    }
    return 0;
  }

  private static void print(
      PrintWriter console, Benchmark benchmark, long amount, List<Figure> figures) {
    console.printf("%n%s, size %,d%n", benchmark.name(), amount);
    String row = "  %-34s %14s %-10s %14s  %-6s %s%n";
    console.printf(row, "figure", "value", "unit", "limit/peer", "ratio", "");
    for (Figure f : figures) {
      console.printf(
          row,
          f.name(),
          number(f.value()),
          f.unit(),
          f.peer() == null ? "" : number(f.peer()),
          f.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", f.ratio()),
          f.peerName() == null ? "" : f.peerName());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%,.2f" : "%,.0f", value);
  }

  private void write(Benchmark benchmark, long amount, List<Figure> figures) throws Exception {
    Files.createDirectories(out);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("benchmark", benchmark.name());
    report.put("size", amount);
    report.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    report.put("processors", Runtime.getRuntime().availableProcessors());
    report.put("java", Runtime.version().toString());
    report.put("figures", figures);
    JsonMapper mapper = JsonMappers.INDENTED;
    mapper.writeValue(
        out.resolve(benchmark.name() + (part == null ? "" : "-" + part) + ".json").toFile(),
        report);
  }
}
