package dev.lettershop.cli.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.api.v1alpha1.template.PreviewEvent;
import dev.lettershop.api.v1alpha1.template.TemplatePreview;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.profile.Profile;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.model.Recommendation;
import dev.lettershop.worker.access.ManifestSecrets;
import dev.lettershop.worker.preview.PreviewSubject;
import dev.lettershop.worker.preview.Previewer;
import dev.lettershop.worker.preview.ProfileMasker;
import dev.lettershop.worker.preview.SampleProfile;
import dev.lettershop.worker.task.StoredProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say for whom mails are filled in. */
final class PreviewPeople {
  private static final ObjectReader EVENT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(PreviewEvent.class);

  @Option(
      names = "--preview",
      paramLabel = "NAME",
      description = "Only for the made-up profile of this name in spec.previews.")
  private String preview;

  @Option(
      names = "--profile",
      paramLabel = "ID",
      description = {
        "For this profile of the store in place of made-up ones: its number, or an identity such"
            + " as customer_id=4711. May be repeated."
      })
  private List<String> profiles = List.of();

  @Option(
      names = "--show-personal-data",
      description = {
        "Show what the store holds about --profile. Without it, attributes marked as pii are"
            + " covered."
      })
  private boolean personal;

  @Option(
      names = "--event",
      paramLabel = "FILE",
      description = {
        "JSON file of the event that triggers the mail, in place of made-up or stored ones of its"
            + " name, such as {\"properties\": {\"order_id\": \"A-1\"}}. Its name is that of the"
            + " campaign's trigger unless it says one."
      })
  private Path event;

  /** Whether people of the store are asked for, and no made-up ones. */
  boolean areStored() {
    return !profiles.isEmpty();
  }

  /** All for whom a mail is to be filled in. */
  List<SampleProfile> of(
      PreviewSubject subject,
      List<TemplatePreview> previews,
      Previewer previewer,
      ResourceSet resources) {
    List<SampleProfile> people = people(subject, previews, previewer, resources);
    if (event == null) {
      return people;
    }
    PreviewEvent happened = happened(subject);
    try {
      return people.stream().map(who -> previewer.after(happened, who, subject)).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--event " + event + ": " + e.getMessage());
    }
  }

  private PreviewEvent happened(PreviewSubject subject) {
    PreviewEvent given;
    try {
      given = EVENT.readValue(Files.readAllBytes(event));
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "--event " + event + " is not a JSON object with name, ago and properties");
    } catch (IOException e) {
      throw new UsageException("--event " + event + " cannot be read: " + e.getMessage());
    }
    if (given.name() != null) {
      return given;
    }
    boolean triggered = subject.plan() != null && subject.plan().trigger() != null;
    String name = triggered ? subject.plan().trigger().event() : null;
    if (name == null) {
      throw new UsageException(
          "--event "
              + event
              + " has no name, and "
              + subject.title()
              + " is triggered by no event");
    }
    return new PreviewEvent(name, given.ago(), given.properties());
  }

  private List<SampleProfile> people(
      PreviewSubject subject,
      List<TemplatePreview> previews,
      Previewer previewer,
      ResourceSet resources) {
    if (!profiles.isEmpty()) {
      return stored(subject, previewer, resources);
    }
    List<TemplatePreview> wanted =
        previews.stream().filter(p -> preview == null || p.name().equals(preview)).toList();
    if (wanted.isEmpty() && preview != null) {
      throw new UsageException(
          "EmailTemplate/"
              + subject.templateName()
              + " has no preview "
              + preview
              + "; it has: "
              + String.join(", ", previews.stream().map(TemplatePreview::name).toList()));
    }
    return previewer.samples(subject, wanted);
  }

  private List<SampleProfile> stored(
      PreviewSubject subject, Previewer previewer, ResourceSet resources) {
    List<SampleProfile> samples = new ArrayList<>();
    StoredProfiles store =
        new StoredProfiles(subject.store(), new ManifestSecrets(resources.secrets()));
    for (String id : profiles) {
      Profile found =
          store
              .find(id, Previewer.events(subject), Previewer.models(subject))
              .orElseThrow(
                  () ->
                      new UsageException(
                          "The store has no such profile; name it by its number, or by an identity such as email=ada@example.com"));
      Profile shown = personal ? found : ProfileMasker.mask(found, subject.store().schema());
      samples.add(
          new SampleProfile(
              "profile " + found.attributes().get("id"),
              found,
              shown,
              Map.of(),
              recommended(store, id, subject),
              String.valueOf(shown.attributes().get("email")),
              previewer.now()));
    }
    return samples;
  }

  private static List<Recommendation> recommended(
      StoredProfiles store, String id, PreviewSubject subject) {
    return subject.plan() == null
        ? List.of()
        : store.recommended(id, subject.plan().recommendations()).stream()
            .map(Recommendation::of)
            .toList();
  }
}
