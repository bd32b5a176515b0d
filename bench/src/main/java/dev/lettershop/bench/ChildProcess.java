package dev.lettershop.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, watched from outside. */
final class ChildProcess {
  private final Process process;
  private double peakMib;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** As the worker's image starts it in a Pod with the default limit of memory. */
  static ChildProcess worker(String... arguments) throws IOException {
    return start(List.of("-XX:MaxRAM=384m", "-XX:MaxRAMPercentage=60"), arguments);
  }

  static ChildProcess lettershop(int heapMib, String... arguments) throws IOException {
    return start(List.of("-Xmx" + heapMib + "m"), arguments);
  }

  private static ChildProcess start(List<String> memory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory);
    command.addAll(List.of("-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.lettershop.cli.LettershopCommand");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return new ChildProcess(builder.start());
  }

  /** Waits for the end. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  /** Waits for the end, reading the high-water mark of resident memory on the way (Linux). */
  int awaitWatchingMemory() throws Exception {
    while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
      peakMib = Math.max(peakMib, highWaterMib());
    }
    return process.exitValue();
  }

  /** Resident memory at this moment. */
  double residentMib() {
    return memory("VmRSS:");
  }

  /** The most resident memory so far. */
  double highWaterMib() {
    return memory("VmHWM:");
  }

  /** Ends it in order, and waits for that. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  double peakMib() {
    return peakMib;
  }

  private double memory(String field) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    } catch (IOException ended) {
      return 0;
    }
    return 0;
  }
}
