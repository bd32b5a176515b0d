package dev.lettershop.playground.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.inbox.MemorySink;
import dev.lettershop.playground.inbox.Reply;
import dev.lettershop.playground.inbox.SmtpInbox;
import dev.lettershop.playground.inbox.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was killed, and that left some behind, is taken up again by those whom it missed. */
class ResumedRunIT {
  private static final int PEOPLE = 40;

  @TempDir Path scratch;

  private CampaignFolder folder;

  @Test
  void onlyThoseWhomARunMissedAreMailedWhenItIsTakenUpAgain() throws Exception {
    MemorySink inbox = new MemorySink();
    AtomicBoolean full = new AtomicBoolean(true);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(scratch.resolve("postgresql"));
        SmtpInbox server =
            SmtpInbox.builder(inbox)
                .script(
                    (stage, exchange) ->
                        full.get() && stage == Stage.Recipient && isFull(exchange.recipient())
                            ? Reply.answer(552, "5.2.2", "mailbox full")
                            : Reply.ACCEPT)
                .start()) {
      folder =
          CampaignFolder.write(scratch.resolve("campaign"), database, server.port(), PEOPLE, 20);
      RunProcess process = RunProcess.start(scratch, arguments());
      Awaitility.await().atMost(Duration.ofSeconds(240)).until(() -> inbox.mails().size() > 5);
      assertThat(process.killAfter(0)).isTrue();

      JsonNode after = json(RunProcess.run(scratch, arguments("--resume")));
      int uncertain = after.at("/deliveries/uncertain").asInt();
      int failed = after.at("/deliveries/failed").asInt();
      assertThat(failed).isBetween(1, 4);
      assertThat(after.at("/deliveries/sent").asInt()).isEqualTo(PEOPLE - uncertain - failed);
      assertThat(recipients(inbox)).doesNotHaveDuplicates();

      full.set(false);
      JsonNode certain =
          json(RunProcess.run(scratch, arguments("--resume", "--include-uncertain")));
      assertThat(certain.at("/deliveries/sent").asInt()).isEqualTo(PEOPLE);
      assertThat(recipients(inbox)).hasSizeBetween(PEOPLE, PEOPLE + uncertain);
      assertThat(recipients(inbox).stream().distinct()).hasSize(PEOPLE);
    }
  }

  private static boolean isFull(String recipient) {
    return recipient.endsWith("9@" + CampaignFolder.ADDRESS_MARK);
  }

  private String[] arguments(String... more) {
    List<String> all =
        new ArrayList<>(List.of("run", "-f", folder.path().toString(), CampaignFolder.CAMPAIGN));
    all.addAll(List.of("--run-name", "one", "-o", "json"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static List<String> recipients(MemorySink inbox) {
    return inbox.mails().stream().map(mail -> mail.envelope().recipients().get(0)).toList();
  }

  private static JsonNode json(RunProcess.Result result) throws Exception {
    assertThat(result.exitCode()).as(result.stderr()).isIn(0, 3);
    return new ObjectMapper().readTree(result.stdout());
  }
}
