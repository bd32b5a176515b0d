package dev.lettershop.controller.cluster;

import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.controller.workload.Labels;
import dev.lettershop.job.RunName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Labels and annotations by which reconcilers know objects again. */
public final class OwnershipLabels {
  /** Label: what makes an object ours. */
  static final Map<String, String> MANAGED = Map.of(Labels.MANAGED_BY, Labels.CONTROLLER);

  /** Label that Kubernetes sets on the Pods of a Job. */
  public static final String JOB_NAME = "batch.kubernetes.io/job-name";

  /** Annotation of a campaign's CronJob: whom, and in whose name, its plan mails. */
  public static final String ADDRESSING = "lettershop.dev/addressing";

  /** Annotation of a CampaignRun that was made for a Job: the Job's uid. */
  public static final String JOB_UID = "lettershop.dev/job-uid";

  /** Annotation of a CampaignRun that was made for a Job of another name: the Job's name. */
  public static final String JOB = "lettershop.dev/job";

  /** Annotation of the CampaignRun of a campaign that sends once: the time. */
  public static final String SCHEDULED_AT = "lettershop.dev/scheduled-at";

  /** Annotation, in memory only: fields that this version does not know, with commas between. */
  static final String UNKNOWN_FIELDS = "memory.lettershop.dev/unknown-fields";

  /** Annotation, in memory only: the field for which the spec could not be read. */
  static final String UNREADABLE = "memory.lettershop.dev/unreadable";

  /** Annotation, in memory only: the spec that could not be read says {@code suspend: true}. */
  static final String UNREADABLE_SUSPENDED = "memory.lettershop.dev/unreadable-suspended";

  /** What only we may note. */
  static final Set<String> NOTES = Set.of(UNKNOWN_FIELDS, UNREADABLE, UNREADABLE_SUSPENDED);

  private OwnershipLabels() {}

  /** Name of the Job that does a run. */
  public static String jobOf(CampaignRun run) {
    String job = annotation(run, JOB);
    String name = run.getMetadata().getName();
    return job != null && RunName.of(job).equals(name) ? job : name;
  }

  /** Fields of an object that this version does not know; null when it knows all. */
  public static String unknownFields(HasMetadata object) {
    return annotation(object, UNKNOWN_FIELDS);
  }

  /** The field for which an object could not be read, so that it has no spec; null otherwise. */
  public static String unreadable(HasMetadata object) {
    return annotation(object, UNREADABLE);
  }

  /** Whether an object that could not be read is to be suspended. */
  public static boolean isUnreadableAndSuspended(HasMetadata object) {
    return annotation(object, UNREADABLE_SUSPENDED) != null;
  }

  static void note(Object object, String key, String value) {
    ObjectMeta metadata = ((HasMetadata) object).getMetadata();
    Map<String, String> annotations = new TreeMap<>();
    if (metadata.getAnnotations() != null) {
      annotations.putAll(metadata.getAnnotations());
    }
    annotations.put(key, value);
    metadata.setAnnotations(annotations);
  }

  /** The value of an annotation, or null. */
  public static String annotation(HasMetadata object, String key) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(key);
  }

  /** The value of a label, or null. */
  public static String label(HasMetadata object, String key) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(key);
  }
}
