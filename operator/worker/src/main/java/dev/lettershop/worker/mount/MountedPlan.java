package dev.lettershop.worker.mount;

import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.RetentionPlan;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.worker.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A plan's ConfigMap, mounted. */
public final class MountedPlan {
  private final Path folder;
  private final PlanFiles files;

  private MountedPlan(Path folder, PlanFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * @throws RunException (configuration) when there is no such folder or it cannot be read
   */
  public static MountedPlan read(Path folder) {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.toList()) {
        String name = file.getFileName().toString();
        // Names with two dots in front are the kubelet's own.
        if (!name.startsWith("..") && Files.isRegularFile(file)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw RunException.configuration(
          "The plan cannot be read in " + folder + " (" + e.getClass().getSimpleName() + ")", e);
    }
    return new MountedPlan(folder, new PlanFiles(files));
  }

  /**
   * @throws RunException (configuration) when the folder holds no plan of a campaign that this
   *     version reads
   */
  public PlanDocument campaign() {
    return usable(PlanFiles::campaign);
  }

  /**
   * @throws RunException (configuration) when the folder holds no sources that this version reads
   */
  public List<SourcePlan> sources() {
    return usable(PlanFiles::sources);
  }

  /**
   * The only source.
   *
   * @throws RunException (configuration) when the folder holds none, or several
   */
  public SourcePlan source() {
    List<SourcePlan> sources = sources();
    if (sources.size() != 1) {
      throw RunException.configuration(
          "The plan in " + folder + " holds " + sources.size() + " sources instead of one");
    }
    return sources.get(0);
  }

  /**
   * @throws RunException (configuration) when the folder holds no segment that this version reads
   */
  public SegmentPlan segment() {
    return usable(PlanFiles::segment);
  }

  /**
   * @throws RunException (configuration) when the folder holds no bounces to read that this version
   *     knows
   */
  public BouncesPlan bounces() {
    return usable(PlanFiles::bounces);
  }

  /**
   * @throws RunException (configuration) when the folder holds no retention that this version reads
   */
  public RetentionPlan retention() {
    return usable(PlanFiles::retention);
  }

  /**
   * @throws RunException (configuration) when the folder holds no model that this version reads
   */
  public ModelPlan model() {
    return usable(PlanFiles::model);
  }

  private <T> T usable(Function<PlanFiles, T> part) {
    try {
      return part.apply(files);
    } catch (IllegalArgumentException e) {
      throw RunException.configuration(
          "The plan in " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }
}
