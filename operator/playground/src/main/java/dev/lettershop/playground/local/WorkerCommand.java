package dev.lettershop.playground.local;

import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.kubesim.kubelet.ServerProcess;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands in for images: command lines; the worker's is of this process's own class path. */
final class WorkerCommand {
  /** The name of the image that is stood in for. */
  static final String IMAGE = "lettershop-worker:playground";

  static final String COLLECTOR_IMAGE = "lettershop-collector:playground";

  private WorkerCommand() {}

  /** A Pod's arguments follow. Works in any folder. */
  static List<String> line() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-Dfile.encoding=UTF-8",
        "-cp",
        classPath(),
        LettershopCommand.class.getName());
  }

  /**
   * What stands in for the collector's image.
   *
   * @param collector its {@code quarkus-run.jar}
   */
  static ServerProcess collector(Path collector) {
    return new ServerProcess(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-Dfile.encoding=UTF-8",
            "-jar",
            collector.toAbsolutePath().toString()),
        Map.of("http", "QUARKUS_HTTP_PORT", "management", "QUARKUS_MANAGEMENT_PORT"),
        Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_MANAGEMENT_HOST", "127.0.0.1"));
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
