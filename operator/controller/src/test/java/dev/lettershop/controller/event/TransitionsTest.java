package dev.lettershop.controller.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionsTest {
  @ParameterizedTest(name = "{0} {1} -> {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # type           | before                       | after                      | event
          Ready            | -                            | True/Scheduled             | -
          Ready            | -                            | True/Suspended             | CampaignSuspended
          Ready            | True/Scheduled               | True/Scheduled             | -
          Ready            | True/Scheduled               | True/Ready                 | -
          Ready            | True/Scheduled               | True/Suspended             | CampaignSuspended
          Ready            | True/Suspended               | True/Scheduled             | CampaignResumed
          Ready            | False/Suspended              | True/Scheduled             | Ready
          Ready            | False/Invalid                | True/Scheduled             | Ready
          Ready            | Unknown/RetryingAfterError   | True/Scheduled             | -
          Ready            | False/ReferenceNotFound      | True/Scheduled             | -
          Ready            | True/Scheduled               | False/Invalid              | Invalid
          Ready            | -                            | False/Invalid              | Invalid
          Ready            | False/Invalid                | False/Invalid              | -
          Ready            | False/Invalid                | False/ReferenceNotFound    | -
          Ready            | -                            | False/RollingOut           | -
          Ready            | False/RollingOut             | True/Serving               | Ready
          Stalled          | -                            | True/ReferenceNotFound     | ReferenceNotFound
          Stalled          | True/ReferenceNotFound       | True/ReferenceNotFound     | -
          Stalled          | -                            | True/Invalid               | -
          Ready            | True/Scheduled               | False/InternalError        | InternalError
          Ready            | True/Scheduled               | False/Unreadable           | Unreadable
          UnknownFields    | -                            | True/NewerVersion          | UnknownFields
          Ready            | True/Scheduled               | False/NameConflict         | NameConflict
          Ready            | True/Scheduled               | False/ApplyFailed          | ApplyFailed
          Ready            | True/Scheduled               | False/ReferenceNotReady    | NotReady
          Ready            | True/Scheduled               | Unknown/RetryingAfterError | -
          Succeeded        | -                            | Unknown/Pending            | -
          Succeeded        | -                            | Unknown/Waiting            | -
          Succeeded        | Unknown/Pending              | Unknown/Syncing            | RunStarted
          Succeeded        | -                            | Unknown/Sending            | RunStarted
          Succeeded        | Unknown/Syncing              | Unknown/Freezing           | -
          Succeeded        | Unknown/Sending              | Unknown/RelayFailing       | RelayFailing
          Succeeded        | Unknown/RelayFailing         | Unknown/Sending            | -
          Succeeded        | Unknown/WaitingForDueTime    | Unknown/Sending            | -
          Succeeded        | Unknown/Freezing             | Unknown/Retry              | PodFailed
          Succeeded        | Unknown/Sending              | Unknown/PodFailed          | PodFailed
          Succeeded        | Unknown/Retry                | Unknown/Freezing           | -
          Succeeded        | Unknown/Freezing             | Unknown/Sending            | -
          Succeeded        | Unknown/Sending              | Unknown/Suspended          | RunSuspended
          Succeeded        | Unknown/Suspended            | Unknown/Sending            | RunResumed
          Succeeded        | Unknown/Suspended            | Unknown/Pending            | -
          Succeeded        | Unknown/Pending              | Unknown/FailedMount        | PodsNotStarting
          Succeeded        | Unknown/ErrImagePull         | Unknown/ImagePullBackOff   | -
          Succeeded        | Unknown/FailedMount          | Unknown/Sending            | RunStarted
          Succeeded        | Unknown/Sending              | True/Succeeded             | RunSucceeded
          Succeeded        | Unknown/Pending              | True/AlreadyCompleted      | RunSucceeded
          Succeeded        | Unknown/Sending              | False/PartiallySent        | RunFailed
          Succeeded        | Unknown/Sending              | False/Cancelled            | RunFailed
          Succeeded        | -                            | False/Skipped              | RunSkipped
          Succeeded        | True/Succeeded               | True/Succeeded             | -
          Succeeded        | Unknown/Waiting              | False/StartingDeadlineExceeded | RunSkipped
          Succeeded        | -                            | False/NameConflict         | NameConflict
          Succeeded        | -                            | Unknown/CampaignNotFound   | ReferenceNotFound
          Succeeded        | -                            | Unknown/InvalidCampaign    | Invalid
          Succeeded        | Unknown/Pending              | Unknown/Refused            | ApplyFailed
          Succeeded        | Unknown/Pending              | Unknown/RetryingAfterError | -
          Ready            | True/Scheduled               | True/Missed                | RunSkipped
          Ready            | True/Scheduled               | False/Refused              | ApplyFailed
          LastRunSucceeded | -                            | Unknown/NoRuns             | -
          LastRunSucceeded | Unknown/NoRuns               | True/Succeeded             | RunSucceeded
          LastRunSucceeded | True/Succeeded               | True/AlreadyCompleted      | -
          LastRunSucceeded | True/Succeeded               | False/Failed               | RunFailed
          LastRunSucceeded | False/Failed                 | False/PartiallySent        | RunFailed
          LastRunSucceeded | False/Failed                 | True/Succeeded             | RunSucceeded
          LastRunSucceeded | True/Succeeded               | Unknown/ImagePullBackOff   | PodsNotStarting
          LastSyncSucceeded| Unknown/NoSyncs              | True/Succeeded             | SyncSucceeded
          LastSyncSucceeded| True/Succeeded               | False/ConfigurationError   | SyncFailed
          LastSyncSucceeded| True/Succeeded               | Unknown/FailedCreate       | PodsNotStarting
          LastRefreshSucceeded| True/Succeeded            | False/Failed               | RefreshFailed
          LastRefreshSucceeded| False/Failed              | True/Succeeded             | RefreshSucceeded
          ResolvedRefs     | -                            | False/SegmentNotFound      | -
          Stalled          | -                            | True/Invalid               | -
          """)
  void a_change_is_worth_an_event(String type, String before, String after, String event) {
    List<Transition> found =
        Transitions.between(
            before == null ? null : List.of(condition(type, before)),
            List.of(condition(type, after)));

    assertThat(found)
        .extracting(t -> t.reason().name())
        .containsExactlyElementsOf(event == null ? List.of() : List.of(event));
  }

  @Test
  void an_event_says_what_the_condition_says() {
    assertThat(Transitions.between(null, List.of(condition("Ready", "False/Invalid"))))
        .containsExactly(new Transition(EventReason.Invalid, "message of False/Invalid"));
  }

  @Test
  void that_a_reference_is_found_is_news_when_it_was_news_that_it_was_not() {
    List<Condition> late =
        List.of(
            condition("Ready", "False/ReferenceNotFound"),
            condition("Stalled", "True/ReferenceNotFound"));

    assertThat(Transitions.between(late, List.of(condition("Ready", "True/Scheduled"))))
        .extracting(Transition::reason)
        .containsExactly(EventReason.Ready);
  }

  @Test
  void a_message_alone_is_worth_nothing() {
    Condition other =
        new Condition(
            "Ready", ConditionStatus.False, "Invalid", "another", "2026-11-01T09:00:00Z", 2L);

    assertThat(Transitions.between(List.of(condition("Ready", "False/Invalid")), List.of(other)))
        .isEmpty();
  }

  @Test
  void what_goes_wrong_is_a_warning() {
    assertThat(Arrays.stream(EventReason.values()).filter(r -> r.type().equals("Warning")))
        .containsExactlyInAnyOrder(
            EventReason.Invalid,
            EventReason.NotReady,
            EventReason.ReferenceNotFound,
            EventReason.InternalError,
            EventReason.Unreadable,
            EventReason.UnknownFields,
            EventReason.ApplyFailed,
            EventReason.NameConflict,
            EventReason.RunFailed,
            EventReason.RunSkipped,
            EventReason.PodsNotStarting,
            EventReason.PodFailed,
            EventReason.RelayFailing,
            EventReason.SyncFailed,
            EventReason.RefreshFailed,
            EventReason.ScoringFailed,
            EventReason.VersionRefused);
  }

  private static Condition condition(String type, String statusAndReason) {
    String[] parts = statusAndReason.split("/");
    return new Condition(
        type,
        ConditionStatus.valueOf(parts[0]),
        parts[1],
        "message of " + statusAndReason,
        "2026-11-01T09:00:00Z",
        1L);
  }
}
