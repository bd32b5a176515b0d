package dev.lettershop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.QuietHours;
import dev.lettershop.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PauseWatchTest {
  private static final Plan.Delivery QUIET =
      new Plan.Delivery(null, new QuietHours("22:00", "08:00"), null, null, null, null, null);

  @Test
  void a_reason_is_said_once_and_again_after_mails_went_out() {
    AtomicReference<String> pause = new AtomicReference<>();
    List<String> said = new ArrayList<>();
    PauseWatch watch = new PauseWatch(() -> Optional.ofNullable(pause.get()), QUIET, said::add);

    watch.look();
    pause.set("Due at 8");
    watch.look();
    watch.look();
    pause.set(null);
    watch.look();
    pause.set("Due at 8");
    watch.look();

    String sentence = "Due at 8 (spec.delivery.quietHours are 22:00 to 08:00)";
    assertThat(said).containsExactly(sentence, sentence);
  }
}
