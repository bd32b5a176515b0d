package dev.lettershop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.run.ShardActivity;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminationMessageTest {
  private static final ShardStatus SHARD =
      new ShardStatus(
          ShardActivity.Finished,
          10L,
          Map.of("noConsent", 2L),
          8L,
          0L,
          0L,
          0L,
          Map.of("a", 8L),
          "2026-11-24T10:00:00Z");

  @Test
  void whatIsWrittenCanBeReadBack() {
    TerminationMessage message = message("8 sent");

    assertThat(TerminationMessage.parse(message.format())).contains(message);
  }

  @Test
  void itFitsIntoWhatKubernetesKeepsHoweverLongTheMessage() {
    String text = message("✉".repeat(100_000)).format();

    assertThat(text.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
    assertThat(TerminationMessage.parse(text)).map(TerminationMessage::shard).contains(SHARD);
  }

  @Test
  void attributesThatDoNotFitAreLeftToTheStatus() {
    StoreSchemaStatus schema =
        new StoreSchemaStatus(
            1L, null, Collections.nCopies(20, "a".repeat(256)), Collections.nCopies(100, "b"));

    TerminationMessage read =
        TerminationMessage.parse(
                TerminationMessage.ofRetention("Succeeded", "Nothing", schema, "t").format())
            .orElseThrow();

    assertThat(read.schema()).isNull();
    assertThat(read.message()).isEqualTo("Nothing");
  }

  @Test
  void anotherTimeChangesNothingElse() {
    BounceCounts bounces =
        new BounceCounts(3L, null, null, null, null, null, null, null, null, null);

    assertThat(TerminationMessage.ofBounces("Succeeded", "3 read", bounces, "before").at("after"))
        .isEqualTo(TerminationMessage.ofBounces("Succeeded", "3 read", bounces, "after"));
  }

  @Test
  void linesOfALogAreNone() {
    assertThat(TerminationMessage.parse(null)).isEmpty();
    assertThat(TerminationMessage.parse("Exception in thread")).isEmpty();
    assertThat(TerminationMessage.parse("{ not JSON")).isEmpty();
  }

  private static TerminationMessage message(String text) {
    return new TerminationMessage(
        "Succeeded", text, "sha256:0", SHARD, null, null, "2026-11-24T10:00:00Z");
  }
}
