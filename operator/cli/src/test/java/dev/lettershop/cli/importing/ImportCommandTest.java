package dev.lettershop.cli.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.LettershopCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String RULES =
      """
      {"segment": "new-york",
       "rules": {"location": "New York", "content": {"headline": "Exclusive", "cta": "Shop"}}}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String json, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("local-offers.json"), json);
    String[] arguments = new String[options.length + 3];
    arguments[0] = "import";
    arguments[1] = "content-rules";
    arguments[2] = file.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return LettershopCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void rulesBecomeACampaignThatIsNamedByTheFile() throws Exception {
    assertThat(run(RULES, "--attribute", "location=city")).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("name: \"local-offers\"")
        .contains("inSegment(\\\"new-york\\\") && profile.city == \\\"New York\\\"")
        .contains("headline: \"Exclusive\"");
  }

  @Test
  void theCampaignIsWrittenWhereItIsAskedForAndCheckedByLint() throws Exception {
    Path campaign = folder.resolve("campaign.yaml");

    assertThat(run(RULES, "--out", campaign.toString())).as(err.toString()).isZero();
    assertThat(campaign).content().contains("kind: \"Campaign\"");
    int exit =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("lint", "-f", campaign.toString());

    assertThat(exit).isOne();
    // Nothing but the objects around it is missing.
    assertThat(out.toString())
        .contains("spec.transportRef.name", "spec.storeRef.name")
        .contains("1 resource: 2 errors, 0 warnings");
  }

  @Test
  void whatIsNoJsonIsRefusedWithTheFile() throws Exception {
    assertThat(run("{\"segment\": ")).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("local-offers.json");
  }
}
