package dev.lettershop.controller.workload;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** What an object that we make is for: the value of its label {@code component}. */
public enum Component {
  SEND("send", Labels.CAMPAIGN, ""),
  SYNC("sync", Labels.SOURCE, "-sync"),
  REFRESH("refresh", Labels.SEGMENT, "-refresh"),
  SCORE("score", Labels.MODEL, "-score"),
  BOUNCES("bounces", Labels.TRANSPORT, "-bounces"),
  RETENTION("retention", Labels.STORE, "-retention"),
  COLLECT("collector", Labels.COLLECTOR, "-collector");

  private final String label;
  private final String ownerLabel;
  private final String suffix;

  Component(String label, String ownerLabel, String suffix) {
    this.label = label;
    this.ownerLabel = ownerLabel;
    this.suffix = suffix;
  }

  /** What is made for a resource. */
  static Component of(HasMetadata owner) {
    if (owner instanceof Campaign) {
      return SEND;
    }
    if (owner instanceof ProfileSource) {
      return SYNC;
    }
    if (owner instanceof Segment) {
      return REFRESH;
    }
    if (owner instanceof Model) {
      return SCORE;
    }
    if (owner instanceof MailTransport) {
      return BOUNCES;
    }
    if (owner instanceof Collector) {
      return COLLECT;
    }
    if (owner instanceof ProfileStore) {
      return RETENTION;
    }
    throw new IllegalArgumentException("Nothing is planned for a " + owner.getKind());
  }

  /** The label's value, which is also the worker's command. */
  public String label() {
    return label;
  }

  /** Key of the label that names the resource. */
  public String ownerLabel() {
    return ownerLabel;
  }

  /** What is put behind the resource's name, so that different kinds do not meet. */
  String suffix() {
    return suffix;
  }
}
