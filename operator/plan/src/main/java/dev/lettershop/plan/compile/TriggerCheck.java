package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.CampaignAttachment;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.CampaignTrigger;
import dev.lettershop.api.v1alpha1.campaign.TriggerUnless;
import dev.lettershop.api.v1alpha1.common.CronSchedule;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.Retention;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.Plan;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.resource.DurationText;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.schedule.NextRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what triggers a campaign, and plans it. */
final class TriggerCheck {
  private static final String FIELD = "spec.schedule.trigger";
  private static final int MOST_KIBIBYTES = 20 * 1024;
  private static final Pattern PICTURE = Pattern.compile("[\"'(]cid:([A-Za-z0-9][A-Za-z0-9._@-]*)");

  /** A moment from which the time between two readings is told; any would do. */
  private static final Instant ANY_TIME = Instant.parse("2024-01-01T00:00:00Z");

  private final ResourceSet resources;
  private final Findings findings;
  private final ResourceRef ref;
  private final StoreContext store;

  TriggerCheck(ResourceSet resources, Findings findings, ResourceRef ref, StoreContext store) {
    this.resources = resources;
    this.findings = findings;
    this.ref = ref;
    this.store = store;
  }

  /** Reports what is wrong; the plan is only complete when nothing is. */
  Plan.Trigger plan(CampaignSpec spec) {
    CampaignTrigger trigger = spec.schedule().trigger();
    if ((trigger.event() == null) == (trigger.enters() == null)) {
      findings.error(ref, FIELD, "exactly one of event and enters must be set", null);
    }
    event(FIELD + ".event", trigger.event());
    String by = trigger.reentry().by();
    if (by != null && trigger.event() != null) {
      property(FIELD + ".reentry.by", trigger.event(), by);
    }
    reentryIsKept(trigger.reentry().per());
    return Plan.Trigger.of(trigger, unless(trigger), by, spec.startingDeadline());
  }

  /** The rule of {@code when}, with its problems reported; empty when there is none to compile. */
  Optional<RuleResult> when(CampaignTrigger trigger) {
    if (trigger.when() == null || trigger.event() != null && definition(trigger.event()) == null) {
      return Optional.empty();
    }
    RuleResult result =
        trigger.event() == null
            ? store.compile(trigger.when())
            : store.compileAboutEvent(trigger.event(), trigger.when());
    result.problems().forEach(problem -> findings.add(ref, FIELD + ".when", problem));
    return Optional.of(result);
  }

  /**
   * Reports attachments that nothing provides, and pictures that no attachment is.
   *
   * @param templates names of those that the campaign uses
   */
  void attachments(CampaignSpec spec, Set<String> templates) {
    CampaignTrigger trigger = spec.schedule() == null ? null : spec.schedule().trigger();
    Set<String> ids = new TreeSet<>();
    int kibibytes = 0;
    for (int i = 0; i < spec.attachments().size(); i++) {
      CampaignAttachment file = spec.attachments().get(i);
      String field = "spec.attachments[" + i + "]";
      fromEvent(field + ".urlProperty", file.urlProperty(), trigger);
      fromEvent(field + ".contentProperty", file.contentProperty(), trigger);
      kibibytes += file.maxKibibytes();
      if (file.contentId() != null && !ids.add(file.contentId())) {
        findings.error(
            ref, field + ".contentId", "is that of another one too", "give each its own");
      }
    }
    if (kibibytes > MOST_KIBIBYTES) {
      findings.error(
          ref,
          "spec.attachments",
          "may be " + kibibytes + " KiB together, and few servers take more than 20 MiB",
          "lower maxKibibytes");
    }
    for (String name : templates) {
      EmailTemplate template = resources.emailTemplates().get(name);
      if (template != null && template.getSpec() != null) {
        pictures(name, template.getSpec(), ids);
      }
    }
  }

  private void fromEvent(String field, String property, CampaignTrigger trigger) {
    if (property == null) {
      return;
    }
    if (trigger == null || trigger.event() == null) {
      findings.error(
          ref,
          field,
          "is of an event, and none triggers the campaign",
          "use url, or set " + FIELD + ".event");
      return;
    }
    AttributeType type = property(field, trigger.event(), property);
    if (type != null && type != AttributeType.String) {
      findings.error(
          ref, field, "\"" + property + "\" is a " + type, "name a property that is a String");
    }
  }

  private void pictures(String name, EmailTemplateSpec template, Set<String> ids) {
    String source = template.html() == null ? String.valueOf(template.mjml()) : template.html();
    Matcher pictures = PICTURE.matcher(source);
    while (pictures.find()) {
      if (!ids.contains(pictures.group(1))) {
        findings.error(
            ref,
            "spec.attachments",
            "EmailTemplate/"
                + name
                + " shows cid:"
                + pictures.group(1)
                + ", which no attachment is",
            ids.isEmpty()
                ? "attach it with this contentId"
                : DidYouMean.fix(pictures.group(1), ids));
      }
    }
  }

  private Plan.Trigger.Unless unless(CampaignTrigger trigger) {
    TriggerUnless unless = trigger.unless();
    if (unless == null) {
      return null;
    }
    event(FIELD + ".unless.event", unless.event());
    for (int i = 0; i < unless.matching().size(); i++) {
      matching(FIELD + ".unless.matching[" + i + "]", trigger, unless.matching().get(i));
    }
    return new Plan.Trigger.Unless(
        unless.event(), unless.matching(), unless.since(), sources(trigger));
  }

  private void matching(String field, CampaignTrigger trigger, String property) {
    if (trigger.event() == null) {
      return;
    }
    AttributeType own = property(field, trigger.event(), property);
    AttributeType other = property(field, trigger.unless().event(), property);
    if (own != null && other != null && own != other) {
      findings.error(
          ref,
          field,
          "\""
              + property
              + "\" is a "
              + own
              + " in "
              + trigger.event()
              + " and a "
              + other
              + " in "
              + trigger.unless().event()
              + ", so that no values are the same",
          "declare it with one type in ProfileStore/" + store.name());
    }
  }

  private EventDefinition definition(String event) {
    return store.schema().events().get(event);
  }

  private void event(String field, String name) {
    if (name == null || definition(name) != null) {
      return;
    }
    findings.error(
        ref,
        field,
        "ProfileStore/" + store.name() + " declares no event \"" + name + "\"",
        store.schema().events().isEmpty()
            ? "declare it in spec.events there"
            : DidYouMean.fix(name, store.schema().events().keySet()));
  }

  /** Null after reporting that the event has no such property, or when there is no such event. */
  private AttributeType property(String field, String event, String name) {
    EventDefinition definition = definition(event);
    if (definition == null) {
      return null;
    }
    AttributeType type = definition.properties().get(name);
    if (type == null) {
      findings.error(
          ref,
          field,
          "the event " + event + " has no property \"" + name + "\"",
          definition.properties().isEmpty()
              ? "declare it in spec.events of ProfileStore/" + store.name()
              : DidYouMean.fix(name, definition.properties().keySet()));
    }
    return type;
  }

  /** Mails that the ledger has forgotten cannot be counted. */
  private void reentryIsKept(String per) {
    Retention retention = store.store().getSpec().retention();
    if (retention == null || retention.deliveries() == null) {
      return;
    }
    if (DurationText.parse(per).compareTo(DurationText.parse(retention.deliveries())) > 0) {
      findings.error(
          ref,
          FIELD + ".reentry.per",
          "ProfileStore/"
              + store.name()
              + " keeps deliveries for "
              + retention.deliveries()
              + " only",
          "shorten it, or lengthen spec.retention.deliveries there");
    }
  }

  /** Those that may bring the event that cancels, and say so by having been read. */
  private List<String> sources(CampaignTrigger trigger) {
    List<String> names = new ArrayList<>();
    new TreeMap<>(resources.profileSources())
        .forEach(
            (name, source) -> {
              ProfileSourceSpec spec = source.getSpec();
              if (spec != null
                  && spec.provides() == Provides.Events
                  && spec.storeRef().name().equals(store.name())) {
                ResourceRef sourceRef = new ResourceRef("ProfileSource", name);
                findings.refersTo(sourceRef);
                if (spec.schedule() == null || spec.suspend()) {
                  notRead(sourceRef, trigger);
                } else {
                  names.add(name);
                  tooSeldom(sourceRef, spec.schedule(), trigger);
                }
              }
            });
    return names;
  }

  private void notRead(ResourceRef source, CampaignTrigger trigger) {
    findings.warning(
        ref,
        FIELD + ".unless.event",
        source.kind()
            + "/"
            + source.name()
            + " is not read by itself, so that a "
            + trigger.unless().event()
            + " in it cancels nothing",
        "give it a schedule; a triggered campaign reads no sources before it sends");
  }

  private void tooSeldom(ResourceRef source, CronSchedule schedule, CampaignTrigger trigger) {
    Optional<Instant> first = NextRun.of(schedule, ANY_TIME);
    Optional<Instant> second = first.flatMap(time -> NextRun.of(schedule, time));
    if (second.isEmpty()) {
      return;
    }
    Duration between = Duration.between(first.get(), second.get());
    Duration delay = DurationText.parse(trigger.delay());
    if (between.compareTo(delay) > 0) {
      findings.warning(
          ref,
          FIELD + ".delay",
          "mails wait for "
              + source.kind()
              + "/"
              + source.name()
              + ", which is read every "
              + between.toMinutes()
              + " minutes, because it may bring "
              + trigger.unless().event(),
          "read it more often than the delay of " + trigger.delay() + ", or lengthen the delay");
    }
  }
}
