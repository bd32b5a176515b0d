package dev.lettershop.worker.execute;

import dev.lettershop.delivery.pipeline.MailLinks;
import dev.lettershop.delivery.pipeline.MailRenderer;
import dev.lettershop.plan.MailFiller;
import dev.lettershop.plan.Plan;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.store.ledger.Recipient;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.template.model.Recommendation;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.access.MailAttachments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Fills in the mail of one recipient as the plan says. Thread-safe. */
final class PlanRenderer implements MailRenderer, AutoCloseable {
  private final Plan plan;
  private final Instant now;
  private final Map<String, MailFiller> ofVariant = new HashMap<>();
  private final Map<String, String> templateOfVariant = new HashMap<>();
  private final Tracker tracker;
  private final MailAttachments attachments;
  private final Set<String> events = new TreeSet<>();
  private final Set<String> models = new TreeSet<>();

  /**
   * @param now the instant for which content rules are answered: when the audience was frozen, so
   *     that a resumed run says the same; of a triggered mail, when it was decided that it goes out
   * @param tracker null when nothing is recorded
   */
  PlanRenderer(Plan plan, PlanRules rules, Instant now, Tracker tracker) {
    this.plan = plan;
    this.now = now;
    this.tracker = tracker;
    this.attachments = new MailAttachments(plan);
    plan.variants().forEach(variant -> templateOfVariant.put(variant.name(), variant.template()));
    templateOfVariant.put(null, plan.template());
    templateOfVariant.forEach(
        (variant, template) -> {
          MailFiller filler =
              new MailFiller(plan.templates().get(template), plan.rulesOf(variant), rules::of);
          ofVariant.put(variant, filler);
          events.addAll(filler.events());
          models.addAll(filler.models());
        });
  }

  /** Events that a recipient must bring along. */
  Set<String> events() {
    return events;
  }

  /** Models whose outputs a recipient must bring along. */
  Set<String> models() {
    return models;
  }

  @Override
  public RenderedMail render(Recipient recipient, MailLinks links) {
    // A variant that the plan does not know is sent as without one.
    String variant =
        templateOfVariant.containsKey(recipient.variant()) ? recipient.variant() : null;
    String name = templateOfVariant.get(variant);
    MailFiller template = ofVariant.get(variant);
    Instant moment = recipient.cause() == null ? now : recipient.cause().decidedAt();
    Map<String, String> content = template.content(recipient.profile(), moment);
    Map<String, String> urls =
        links.unsubscribe() == null
            ? Map.of()
            : Map.of("unsubscribe", links.unsubscribe(), "preferences", links.preferences());
    RenderedMail mail =
        template.render(
            new RenderContext(
                shown(recipient),
                content,
                plan.campaign(),
                moment,
                urls,
                recipient.recommended().stream().map(Recommendation::of).toList(),
                tracker == null ? null : tracker.of(recipient, name)));
    Event cause = recipient.cause() == null ? null : recipient.cause().event();
    return plan.attachments().isEmpty() ? mail : mail.with(attachments.of(cause));
  }

  @Override
  public void close() {
    attachments.close();
  }

  /** A triggered mail shows the event that triggered it, and no other of its name. */
  private static Profile shown(Recipient recipient) {
    Profile profile = recipient.profile();
    if (recipient.cause() == null || recipient.cause().event() == null) {
      return profile;
    }
    Event cause = recipient.cause().event();
    List<Event> events = new ArrayList<>(List.of(cause));
    profile.events().stream()
        .filter(event -> !event.name().equals(cause.name()))
        .forEach(events::add);
    return new Profile(profile.attributes(), events, profile.models());
  }
}
