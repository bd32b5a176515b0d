package dev.lettershop.cli.init;

import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.source.Agreement;
import dev.lettershop.cli.source.SourceProposal;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.source.describe.SourceSampler;
import dev.lettershop.source.sync.SourceDefinition;
import dev.lettershop.worker.task.SourceStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A source that was looked at, and what is proposed for it.
 *
 * @param spec as it is to be written, without identity and mapping
 */
record Study(String name, ProfileSourceSpec spec, SourceProposal proposal) {
  private static final int SAMPLE = 1000;

  /** Looks at a file: people when it holds addresses, else what they did. */
  static Study ofFile(DataFile file, String evidence, Instant since) {
    ResourceSet resources = file.manifest();
    ProfileSourceSpec written = resources.profileSources().get(file.name()).getSpec();
    SourceStudy study = new SourceStudy(resources, file.location().getParent());
    SourceDefinition found = study.asWritten(new SourceDefinition(file.name(), written));
    SourceSampler.Seen seen = study.sample(found, SAMPLE);
    Agreement agreement = new Agreement(evidence, since == null ? changed(file) : since);
    ProfileSourceSpec spec = found.spec();
    return of(file.name(), file.location().toString(), seen, agreement, file.eventName())
        .withSpec(spec.withFile(file.inProject(spec.file())));
  }

  /** Looks at what a query of a database yields. */
  static Study ofDatabase(String name, ResourceSet resources, Agreement agreement) {
    ProfileSourceSpec spec = resources.profileSources().get(name).getSpec();
    SourceSampler.Seen seen =
        new SourceStudy(resources, null).sample(new SourceDefinition(name, spec), SAMPLE);
    return of(name, "The database", seen, agreement, "activity").withSpec(spec);
  }

  /** A manifest of a source that nothing is known of yet. */
  static ResourceSet parsed(String yaml) {
    ResourceSet.Builder resources = ResourceSet.builder();
    resources.add(ResourceParser.parse("the new project", yaml));
    resources
        .diagnostics()
        .forEach(
            d -> {
              throw new UsageException(d.field() + " " + d.message());
            });
    return resources.build();
  }

  private static Study of(
      String name, String where, SourceSampler.Seen seen, Agreement agreement, String event) {
    if (seen.records() == seen.broken()) {
      throw new UsageException(where + " holds no record that can be read");
    }
    SourceProposal people = new SourceProposal(name, Provides.Profiles, seen, null, agreement);
    SourceProposal proposal =
        people.hasAddresses()
            ? people
            : new SourceProposal(name, Provides.Events, seen, event, agreement);
    if (proposal.hasNoKey()) {
      throw new UsageException(where + ": " + proposal.whyNoKey());
    }
    if (proposal != people && !proposal.knowsMoments()) {
      throw new UsageException(
          where
              + " has neither addresses, as people have, nor times, as events have; call the column"
              + " email or occurred_at");
    }
    return new Study(name, null, proposal);
  }

  private Study withSpec(ProfileSourceSpec other) {
    return new Study(name, isOfPeople() ? other : events(other), proposal);
  }

  private static ProfileSourceSpec events(ProfileSourceSpec spec) {
    return new ProfileSourceSpec(
        spec.storeRef(),
        Provides.Events,
        spec.file(),
        spec.jdbc(),
        spec.http(),
        spec.kafka(),
        spec.mongodb(),
        spec.schedule(),
        spec.suspend(),
        spec.identity(),
        spec.mapping(),
        spec.normalise(),
        spec.onInvalid());
  }

  boolean isOfPeople() {
    return proposal.events().isEmpty() && proposal.hasAddresses();
  }

  /** Whoever has agreed had done so when the file was written. */
  private static Instant changed(DataFile file) {
    try {
      return Files.getLastModifiedTime(file.location()).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (IOException e) {
      throw new UsageException("Cannot read " + file.location() + ": " + e.getMessage());
    }
  }
}
