package dev.lettershop.worker.preview;

import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.template.PreviewEvent;
import dev.lettershop.api.v1alpha1.template.TemplatePreview;
import dev.lettershop.content.ContentSelector;
import dev.lettershop.delivery.message.AttachmentException;
import dev.lettershop.delivery.message.InvalidAddressException;
import dev.lettershop.delivery.message.MessageBuilder;
import dev.lettershop.delivery.message.MessageSettings;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.plan.MailFiller;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlannedLinks;
import dev.lettershop.profile.Event;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.template.RenderContext;
import dev.lettershop.template.RenderedMail;
import dev.lettershop.template.link.RecordedLinks;
import dev.lettershop.template.value.RenderException;
import dev.lettershop.worker.access.MailAttachments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Fills mails in for people who are made up, or for one of the store. Not thread-safe. */
public final class Previewer {
  /** Gmail shows the first 102 KB of a mail. */
  private static final int GMAIL_CLIPS_AT = 102 * 1024;

  private static final Map<String, String> LINKS =
      Map.of(
          "unsubscribe", "https://mail.example/u/preview",
          "preferences", "https://mail.example/p/preview",
          "confirm", "https://mail.example/confirm/preview");
  private static final String SENDER = "preview@example.com";

  private final Instant now;

  /**
   * @param now the moment that rules and dates are answered for
   */
  public Previewer(Instant now) {
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Names of the events that a mail shows or is decided by. */
  public static Set<String> events(PreviewSubject subject) {
    return filler(subject).events();
  }

  /** Names of the models that decide about it. */
  public static Set<String> models(PreviewSubject subject) {
    return filler(subject).models();
  }

  /** The people of a template's previews; somebody unknown when it has none. */
  public List<SampleProfile> samples(PreviewSubject subject, List<TemplatePreview> previews) {
    ProfileSchema schema = subject.store().schema();
    Set<String> events = events(subject);
    return previews.isEmpty()
        ? List.of(new SyntheticProfiles(schema, now).unknown(events))
        : previews.stream()
            .map(preview -> new SyntheticProfiles(schema, at(preview)).of(preview, events))
            .toList();
  }

  /**
   * The same person after an event, which is the only one of its name.
   *
   * @throws IllegalArgumentException saying what the store does not declare
   */
  public SampleProfile after(PreviewEvent given, SampleProfile who, PreviewSubject subject) {
    Event event = TriggeringEvent.of(given, subject.store().schema(), who.at());
    return who.with(
        TriggeringEvent.only(who.profile(), event), TriggeringEvent.only(who.shown(), event));
  }

  /** A triggered mail shows the event that triggered it, and no other of its name. */
  private static Profile shown(PreviewSubject subject, Profile profile) {
    boolean triggered = subject.plan() != null && subject.plan().trigger() != null;
    String name = triggered ? subject.plan().trigger().event() : null;
    return name == null
        ? profile
        : TriggeringEvent.newest(profile, name)
            .map(event -> TriggeringEvent.only(profile, event))
            .orElse(profile);
  }

  /** The moment that rules and dates are answered for, unless a preview names one. */
  public Instant now() {
    return now;
  }

  private Instant at(TemplatePreview preview) {
    Instant at = moment(preview);
    return at == null ? now : at;
  }

  /** Null when the preview names none, or one that the calendar does not have. */
  private static Instant moment(TemplatePreview preview) {
    try {
      return preview.at() == null ? null : OffsetDateTime.parse(preview.at()).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** What is wrong with a template's previews. */
  public List<Diagnostic> problems(PreviewSubject subject, List<TemplatePreview> previews) {
    SyntheticProfiles madeUp = new SyntheticProfiles(subject.store().schema(), now);
    previews.forEach(preview -> madeUp.of(preview, Set.of()));
    Stream<String> moments =
        previews.stream()
            .filter(preview -> preview.at() != null && moment(preview) == null)
            .map(preview -> "preview " + preview.name() + ": unknown moment " + preview.at());
    return Stream.concat(madeUp.problems().stream(), moments)
        .map(
            problem ->
                new Diagnostic(
                    Severity.Warning,
                    new ResourceRef("EmailTemplate", subject.templateName()),
                    "spec.previews",
                    null,
                    problem,
                    "write what the ProfileStore declares, of its type"))
        .toList();
  }

  /**
   * Fills one mail in.
   *
   * @throws RenderException when a bound is exceeded
   */
  public PreviewMail fill(PreviewSubject subject, SampleProfile sample) {
    MailFiller filler = filler(subject);
    ContentSelector.Decision decision = filler.decide(sample.profile(), sample.at());
    Map<String, String> content = new TreeMap<>(decision.content());
    if (subject.plan() == null) {
      content.putAll(sample.content());
    }
    RenderContext context =
        new RenderContext(
            shown(subject, sample.shown()),
            content,
            subject.plan() == null ? subject.templateName() : subject.plan().campaign(),
            sample.at(),
            LINKS,
            sample.recommendations());
    List<Diagnostic> findings = new ArrayList<>();
    RenderedMail mail = withFiles(subject, sample, filler.render(context), findings);
    findings.addAll(findings(subject, mail));
    Map<String, String> shown = new TreeMap<>();
    sample.shown().attributes().forEach((name, value) -> shown.put(name, text(value)));
    return new PreviewMail(
        subject,
        sample.name(),
        shown,
        content,
        RuleTrace.of(subject.rules(), decision),
        mail,
        links(subject, filler, context),
        message(subject, sample, mail),
        findings);
  }

  /** What cannot be had is a finding, and the mail is shown without any. */
  private static RenderedMail withFiles(
      PreviewSubject subject, SampleProfile sample, RenderedMail mail, List<Diagnostic> findings) {
    Plan plan = subject.plan();
    if (plan == null || plan.attachments().isEmpty()) {
      return mail;
    }
    String name = plan.trigger() == null ? null : plan.trigger().event();
    Event event = name == null ? null : TriggeringEvent.newest(sample.profile(), name).orElse(null);
    try (MailAttachments files = new MailAttachments(plan)) {
      return mail.with(files.of(event));
    } catch (AttachmentException e) {
      findings.add(
          new Diagnostic(
              Severity.Warning,
              new ResourceRef("Campaign", plan.campaign()),
              "spec.attachments",
              null,
              e.getMessage() + "; this mail is shown without attachments",
              "give an event with --event, as your servers send it"));
      return mail;
    }
  }

  /**
   * The HTML of a campaign's mail, for somebody of whom nothing is known.
   *
   * @param mark gives what a link leads to in place of its address, by its number in the template
   *     and the texts of the slots in its address; null leaves the address
   * @throws RenderException when a bound is exceeded
   */
  public String marked(Plan plan, String template, BiFunction<Integer, List<String>, String> mark) {
    PreviewSubject subject =
        new PreviewSubject(
            "campaign/" + plan.campaign(),
            template,
            plan.templates().get(template),
            null,
            plan.contentRules(),
            plan.segments(),
            plan.store(),
            plan,
            List.of());
    SampleProfile nobody = samples(subject, List.of()).get(0);
    MailFiller filler = filler(subject);
    RenderContext context =
        new RenderContext(
            shown(subject, nobody.shown()),
            filler.content(nobody.profile(), nobody.at()),
            plan.campaign(),
            nobody.at(),
            LINKS,
            nobody.recommendations());
    return filler
        .render(
            context.recordedBy(
                new RecordedLinks() {
                  @Override
                  public String click(int link, List<String> content, List<String> values) {
                    return mark.apply(link, content);
                  }

                  @Override
                  public String open() {
                    return null;
                  }
                }))
        .html();
  }

  /** Where the links lead that a run would record, by number. */
  private static Map<String, String> links(
      PreviewSubject subject, MailFiller filler, RenderContext context) {
    Map<String, String> links = new LinkedHashMap<>();
    if (subject.plan() == null || subject.template().links().isEmpty()) {
      return links;
    }
    PlannedLinks planned = PlannedLinks.of(subject.plan());
    filler.render(
        context.recordedBy(
            new RecordedLinks() {
              @Override
              public String click(int link, List<String> content, List<String> values) {
                int number = planned.number(subject.templateName(), link, content);
                if (number >= 0) {
                  links.put(Integer.toString(number), planned.all().get(number).leadingTo(values));
                }
                return null;
              }

              @Override
              public String open() {
                return null;
              }
            }));
    return links;
  }

  private static MailFiller filler(PreviewSubject subject) {
    RuleCompiler compiler = new RuleCompiler(subject.store().schema(), subject.segments());
    return new MailFiller(subject.template(), subject.rules(), rule -> rule(compiler, rule));
  }

  private static Rule rule(RuleCompiler compiler, ContentRule rule) {
    RuleResult result =
        rule.segment() == null
            ? compiler.compile(rule.when())
            : compiler.compileNamed(rule.segment());
    if (result.rule() == null) {
      throw new IllegalStateException("a rule of a sound campaign does not compile");
    }
    return result.rule();
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? String.join(", ", list.stream().map(String::valueOf).toList())
        : String.valueOf(value);
  }

  private byte[] message(PreviewSubject subject, SampleProfile sample, RenderedMail mail) {
    boolean campaign = subject.plan() != null;
    MessageSettings settings =
        campaign
            ? new MessageSettings(
                    subject.plan().namespace(),
                    subject.plan().campaign(),
                    "preview",
                    subject.plan().from().name(),
                    subject.plan().from().address(),
                    subject.plan().replyTo())
                .with(subject.plan().headerFields(), subject.plan().isTransactional())
            : new MessageSettings(
                "preview", subject.templateName(), "preview", "Preview", SENDER, null);
    try {
      return new MessageBuilder(settings)
          .build(1, sample.email(), mail, LINKS.get("unsubscribe"), true, sample.at())
          .content();
    } catch (InvalidAddressException e) {
      throw new IllegalArgumentException(
          "the profile has no address that mail can go to; give it another", e);
    }
  }

  private static List<Diagnostic> findings(PreviewSubject subject, RenderedMail mail) {
    List<Diagnostic> findings = new ArrayList<>();
    int size = mail.html().getBytes(StandardCharsets.UTF_8).length;
    if (size > GMAIL_CLIPS_AT) {
      findings.add(
          new Diagnostic(
              Severity.Warning,
              new ResourceRef("EmailTemplate", subject.templateName()),
              "",
              null,
              "for this profile the HTML has " + size / 1024 + " KB, and Gmail clips it at 102 KB",
              "show fewer items",
              "html-size"));
    }
    return findings;
  }
}
