package dev.lettershop.controller.status;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.controller.workload.RetentionWorkload;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class JobStatusViewsTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  /** What is observed, as it stands in a file. */
  record OfSource(ProfileSource source, List<Job> jobs, List<Pod> pods, Obstacle obstacle) {}

  /** What is observed, as it stands in a file. */
  record OfSegment(Segment segment, List<Job> jobs, List<Pod> pods, Obstacle obstacle) {}

  /** What is observed, as it stands in a file. */
  record OfStore(ProfileStore store, List<Job> jobs, List<Pod> pods, Obstacle obstacle) {}

  /** What is observed, as it stands in a file. */
  record OfTransport(MailTransport transport, List<Job> jobs, List<Pod> pods, Obstacle obstacle) {}

  @TestFactory
  Stream<DynamicTest> status_of_a_store() throws IOException {
    return new GoldenFolder("retention")
        .tests(
            OfStore.class,
            seen ->
                RetentionStatusView.compute(
                    seen.store(),
                    judged(
                        seen.store().getStatus() == null
                            ? null
                            : seen.store().getStatus().conditions()),
                    orEmpty(seen.jobs()),
                    orEmpty(seen.pods()),
                    seen.obstacle(),
                    RetentionWorkload.forgets(seen.store())));
  }

  @TestFactory
  Stream<DynamicTest> status_of_a_transport() throws IOException {
    return new GoldenFolder("bounces")
        .tests(
            OfTransport.class,
            seen ->
                BouncesStatusView.compute(
                    seen.transport(),
                    judged(
                        seen.transport().getStatus() == null
                            ? null
                            : seen.transport().getStatus().conditions()),
                    orEmpty(seen.jobs()),
                    orEmpty(seen.pods()),
                    seen.obstacle(),
                    true,
                    null));
  }

  @TestFactory
  Stream<DynamicTest> status_of_a_source() throws IOException {
    return new GoldenFolder("sync")
        .tests(
            OfSource.class,
            seen ->
                SyncStatusView.compute(
                    seen.source(),
                    judged(
                        seen.source().getStatus() == null
                            ? null
                            : seen.source().getStatus().conditions()),
                    orEmpty(seen.jobs()),
                    orEmpty(seen.pods()),
                    seen.obstacle()));
  }

  @TestFactory
  Stream<DynamicTest> status_of_a_segment() throws IOException {
    return new GoldenFolder("refresh")
        .tests(
            OfSegment.class,
            seen ->
                RefreshStatusView.compute(
                    seen.segment(),
                    judged(
                        seen.segment().getStatus() == null
                            ? null
                            : seen.segment().getStatus().conditions()),
                    orEmpty(seen.jobs()),
                    orEmpty(seen.pods()),
                    seen.obstacle()));
  }

  private static Conditions judged(List<Condition> present) {
    return Conditions.of(present, 1L, NOW).ready("Ready", "");
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
