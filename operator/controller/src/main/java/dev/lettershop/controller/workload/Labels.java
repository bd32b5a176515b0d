package dev.lettershop.controller.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Labels and annotations of all that we make. */
public final class Labels {
  public static final String NAME = "app.kubernetes.io/name";
  public static final String PART_OF = "app.kubernetes.io/part-of";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String COMPONENT = "app.kubernetes.io/component";

  /** Value of {@link #MANAGED_BY}. */
  public static final String CONTROLLER = "lettershop-controller";

  /** Name of the Campaign that an object is for. */
  public static final String CAMPAIGN = "lettershop.dev/campaign";

  /** Name of the ProfileSource that an object is for. */
  public static final String SOURCE = "lettershop.dev/source";

  /** Name of the Segment that an object is for. */
  public static final String SEGMENT = "lettershop.dev/segment";

  /** Name of the Model that an object is for. */
  public static final String MODEL = "lettershop.dev/model";

  /** Name of the MailTransport that an object is for. */
  public static final String TRANSPORT = "lettershop.dev/transport";

  /** Name of the ProfileStore that an object is for. */
  public static final String STORE = "lettershop.dev/store";

  /** Name of the Collector that an object is for. */
  public static final String COLLECTOR = "lettershop.dev/collector";

  /** Annotation of Jobs and their Pods: name of the ConfigMap with the plan that they follow. */
  public static final String PLAN = "lettershop.dev/plan";

  /** Annotation of Jobs, their Pods and plans: {@code sha256:} and 64 hexadecimal digits. */
  public static final String PLAN_HASH = "lettershop.dev/plan-hash";

  private static final String LETTERSHOP = "lettershop";

  private Labels() {}

  /** Labels of what runs a resource: CronJob, Job, Pod. */
  public static Map<String, String> running(HasMetadata owner) {
    Component component = Component.of(owner);
    return of(component.label(), component.ownerLabel(), owner.getMetadata().getName());
  }

  /** Labels of a CampaignRun that the controller makes, and of what belongs to a run. */
  public static Map<String, String> run(String campaign) {
    return of(Component.SEND.label(), CAMPAIGN, campaign);
  }

  /** Labels of a resource's plans. */
  public static Map<String, String> plan(HasMetadata owner) {
    return of("plan", Component.of(owner).ownerLabel(), owner.getMetadata().getName());
  }

  /** Labels of the worker's account and rights, which belong to no resource. */
  static Map<String, String> worker() {
    return common("worker");
  }

  /** Labels of the collectors' account and rights, which belong to no resource. */
  static Map<String, String> collectorAccess() {
    return common("collector");
  }

  private static Map<String, String> of(String component, String ownerLabel, String owner) {
    SortedMap<String, String> labels = common(component);
    labels.put(ownerLabel, owner);
    return labels;
  }

  private static SortedMap<String, String> common(String component) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put(NAME, LETTERSHOP);
    labels.put(PART_OF, LETTERSHOP);
    labels.put(MANAGED_BY, CONTROLLER);
    labels.put(COMPONENT, component);
    return labels;
  }
}
