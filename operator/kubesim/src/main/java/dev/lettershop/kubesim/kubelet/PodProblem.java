package dev.lettershop.kubesim.kubelet;

/** Why a Pod cannot start for now, as a cluster would say it. */
final class PodProblem extends Exception {
  private static final long serialVersionUID = 1L;

  /** Who would notice it in a cluster, and where it shows. */
  public enum Kind {
    /** No node can take the Pod: the condition {@code PodScheduled}. */
    Scheduling,
    /** A volume cannot be mounted: only an event says so, the container is being created. */
    Mount,
    /** The environment refers to something that is not there. */
    Config,
    /** There is no such image. */
    Image
  }

  private final Kind kind;

  private PodProblem(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  static PodProblem noClaim(String claim) {
    return new PodProblem(
        Kind.Scheduling,
        "0/1 nodes are available: persistentvolumeclaim \"" + claim + "\" not found.");
  }

  static PodProblem mount(String volume, String why) {
    return new PodProblem(
        Kind.Mount, "MountVolume.SetUp failed for volume \"" + volume + "\" : " + why);
  }

  static PodProblem config(String why) {
    return new PodProblem(Kind.Config, why);
  }

  static PodProblem image(String image) {
    return new PodProblem(
        Kind.Image, "failed to pull and unpack image \"" + image + "\": " + image + ": not found");
  }
}
