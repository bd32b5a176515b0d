package dev.lettershop.controller.cluster;

import dev.lettershop.controller.workload.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Labels and annotations by which reconcilers know objects again. */
public final class Marks {
  /** Label: what makes an object ours. */
  static final Map<String, String> MANAGED = Map.of(Labels.MANAGED_BY, Labels.CONTROLLER);

  /** Label that Kubernetes sets on the Pods of a Job. */
  public static final String JOB_NAME = "batch.kubernetes.io/job-name";

  /** Annotation of a campaign's CronJob: whom, and in whose name, its plan mails. */
  public static final String ADDRESSING = "lettershop.dev/addressing";

  /** Annotation of a CampaignRun that was made for a Job: the Job's uid. */
  public static final String JOB_UID = "lettershop.dev/job-uid";

  /** Annotation of the CampaignRun of a campaign that sends once: the time. */
  public static final String SCHEDULED_AT = "lettershop.dev/scheduled-at";

  private Marks() {}

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
