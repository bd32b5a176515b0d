package dev.lettershop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SegmentCommandsTest {
  @TempDir static Path folder;
  private static TestShop shop;

  private record Result(int exitCode, String out, String err) {
    public JsonNode json() throws Exception {
      return new ObjectMapper().readTree(out);
    }
  }

  @BeforeAll
  static void fill() throws Exception {
    shop = new TestShop(folder.resolve("pods"), 1, 20);
    PodCommand pod = new PodCommand(shop, null, folder);
    assertThat(pod.call("sync").exitCode()).isZero();
    assertThat(pod.call("refresh").exitCode()).isZero();
  }

  /** Runs a command on the shop's resources, with one text replaced by another. */
  private static Result edited(String from, String to, String... words) throws Exception {
    Path manifests = Files.createTempDirectory(folder, "manifests").resolve("shop.yaml");
    String text = shop.manifestsWithSecret();
    assertThat(text).contains(from);
    Files.writeString(manifests, text.replace(from, to));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        LettershopCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "-f";
    all[words.length + 1] = manifests.toString();
    return new Result(line.execute(all), out.toString(), err.toString());
  }

  private static Result run(String... words) throws Exception {
    return edited("kind: Segment", "kind: Segment", words);
  }

  @Test
  void explainsARuleAsCelAsSqlAndWithThePlanOfTheDatabase() throws Exception {
    Result text = run("explain", "segment/bostonians");
    JsonNode json = run("explain", "seg/bostonians", "-o", "json").json();

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("profile.city == \"Boston\"", "inSegment(\"", "'Boston'", "cost=", "Estimate");
    assertThat(json.at("/database/cost").asDouble()).isPositive();
    assertThat(json.at("/database/plan").size()).isPositive();
    assertThat(json.at("/cel").asText()).isNotEmpty();
  }

  @Test
  void countsThePeopleOfARuleAsItIsWritten() throws Exception {
    String members = "select count(*) from profile where city = 'Boston'";
    String others = "select count(*) from profile where city <> 'Boston'";

    Result count = run("segment", "count", "segment/bostonians");
    assertThat(count.exitCode()).as(count.err()).isZero();
    assertThat(count.out().strip()).isEqualTo(shop.query(members));
    assertThat(Long.parseLong(count.out().strip())).isPositive();
    JsonNode changed =
        edited(
                "== \"Boston\"",
                "!= \"Boston\"",
                "segment",
                "count",
                "segment/bostonians",
                "-o",
                "json")
            .json();
    assertThat(changed.path("people").asText()).isEqualTo(shop.query(others));
  }

  @Test
  void showsSomePeopleWithPersonalDataCovered() throws Exception {
    Result covered = run("segment", "sample", "segment/bostonians", "--limit", "2");
    Result again = run("segment", "sample", "segment/bostonians", "--limit", "2");
    JsonNode clear =
        run("segment", "sample", "seg/bostonians", "--limit", "2", "--show-values", "-o", "json")
            .json();

    assertThat(covered.exitCode()).as(covered.err()).isZero();
    assertThat(covered.out().lines().filter(line -> line.startsWith("profile "))).hasSize(2);
    assertThat(covered.out()).contains("city: Boston", "email: …").doesNotContain("@");
    assertThat(again.out()).isEqualTo(covered.out());
    assertThat(clear).hasSize(2);
    assertThat(clear.get(0).at("/attributes/email").asText()).contains("@");
    assertThat(run("segment", "sample", "segment/bostonians", "--limit", "0").exitCode())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void countsExactlyWhereSomebodyWantsMoreThanAnEstimate() throws Exception {
    Result text = run("explain", "segment/bostonians", "--exact");
    JsonNode json = run("explain", "segment/bostonians", "--exact", "-o", "json").json();

    String members = shop.query("select count(*) from profile where city = 'Boston'");
    String all = shop.query("select count(*) from profile");
    assertThat(text.out()).contains("Counted\n  " + members + " of " + all + " profiles, exactly");
    assertThat(json.at("/exact/members").asText()).isEqualTo(members);
    assertThat(json.at("/exact/profiles").asText()).isEqualTo(all);
    assertThat(run("explain", "segment/bostonians", "-o", "json").json().has("exact")).isFalse();
    assertThat(run("explain", "segment/bostonians", "--exact", "--profile", "1").exitCode())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void findsAPersonByAddressAndPeopleByARule() throws Exception {
    Result covered = run("profile", "find", "--email", "zebulon.4@people.example");
    JsonNode clear =
        run("profile", "find", "email=zebulon.4@people.example", "--show-values", "-o", "json")
            .json();
    Result some = run("profile", "find", "--where", "profile.city == 'Boston'", "--limit", "2");

    assertThat(covered.exitCode()).as(covered.err()).isZero();
    assertThat(covered.out()).startsWith("profile ").contains("city: Boston", "email: …");
    assertThat(covered.out()).doesNotContain("@", "Zebulon");
    assertThat(clear.at("/0/attributes/email").asText()).isEqualTo("zebulon.4@people.example");
    assertThat(some.out().lines().filter(line -> line.startsWith("profile "))).hasSize(2);
    assertThat(run("profile", "find", "--where", "profile.city == 'Nowhere'").out())
        .contains("Nobody for whom the rule holds");
  }

  @Test
  void whatCannotFindAnybodySaysWhy() throws Exception {
    Result misspelt = run("profile", "find", "--where", "profile.ctiy == 'Boston'");
    assertThat(misspelt.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(misspelt.err()).contains("--where: unknown attribute \"ctiy\"", "\"city\"");
    assertThat(run("profile", "find", "--email", "nobody@people.example").err())
        .contains("No such profile");
    assertThat(run("profile", "find").err()).contains("Name one person");
    assertThat(run("profile", "find", "1", "--where", "true").err()).contains("leave out PROFILE");
  }

  @Test
  void tellsAPlanForPeople() throws Exception {
    Result plan = run("plan", "campaign/hello", "--count");

    assertThat(plan.exitCode()).as(plan.err()).isZero();
    String audience = shop.query("select count(*) from profile");
    assertThat(plan.out())
        .contains("campaign/hello  sha256:", "\n  Who ", "\n  What ", "\n  When ", "\n  Through ")
        .containsPattern("How many +" + audience + " people");
    assertThat(run("plan", "campaign/hello", "--count", "-o", "json").exitCode())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void showsWhySomebodyIsAMemberWithPersonalDataMasked() throws Exception {
    Result member =
        edited(
            "profile.city == \"Boston\"",
            "profile.city == \"Boston\" && profile.first_name != \"Nobody\"",
            "explain",
            "segment/bostonians",
            "--profile",
            "email=zebulon.4@people.example");
    Result other =
        run("explain", "segment/bostonians", "--profile", "email=zebulon.5@people.example");

    assertThat(member.exitCode()).as(member.err()).isZero();
    assertThat(member.out())
        .contains(
            "is a member of bostonians", "profile.city = \"Boston\"", "profile.first_name = ***")
        .doesNotContain("Zebulon");
    assertThat(other.out())
        .contains("is not a member of bostonians", "false", "profile.city = \"New York\"");
  }

  @Test
  void aProfileThatThereIsNotIsSaidSo() throws Exception {
    Result result = run("explain", "segment/bostonians", "--profile", "999999");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err()).contains("No such profile");
  }

  @Test
  void tellsHowManyWouldEnterAndLeave() throws Exception {
    JsonNode same = run("diff", "segment/bostonians", "-o", "json").json();
    Result other =
        edited(
            "profile.city == \"Boston\"",
            "profile.city == \"New York\"",
            "diff",
            "segment/bostonians",
            "-o",
            "json");

    assertThat(same.at("/members").asInt()).isEqualTo(10);
    assertThat(same.at("/enter").asInt()).isZero();
    assertThat(other.json().at("/enter").asInt()).isEqualTo(10);
    assertThat(other.json().at("/leave").asInt()).isEqualTo(10);
    assertThat(run("diff", "segment/bostonians").out()).contains("would enter", "would leave");
  }

  @Test
  void ofCampaignsThatChangeItTellsHowTheAudienceMoves() throws Exception {
    Path base = folder.resolve("base.yaml");
    Files.writeString(base, shop.manifestsWithSecret());
    String[] words = {"diff", "--base", base.toString(), "--audiences", "-o", "json"};

    JsonNode same = run(words).json();
    Result narrower =
        edited("expression: has(profile.city)", "expression: profile.city == \"Boston\"", words);
    words[5] = "text";
    Result fewer =
        edited("{include: [everybody]}", "{include: [everybody], exclude: [bostonians]}", words);

    assertThat(same.at("/campaigns/0/change").asText()).isEqualTo("Unchanged");
    assertThat(same.at("/segments")).isEmpty();
    assertThat(narrower.exitCode()).as(narrower.err()).isZero();
    JsonNode campaign = narrower.json().at("/campaigns/0");
    assertThat(campaign.at("/fields/0").asText()).isEqualTo("segments.everybody");
    assertThat(campaign.at("/audienceBefore").asInt()).isEqualTo(20);
    assertThat(campaign.at("/audienceAfter").asInt()).isEqualTo(10);
    JsonNode segment = narrower.json().at("/segments/0");
    assertThat(segment.at("/segment").asText()).isEqualTo("everybody");
    assertThat(segment.at("/size").asInt()).isEqualTo(10);
    assertThat(fewer.out()).contains("plan: audience", "audience: 10 in its segments, was 20");
  }

  @Test
  void warnsOfAllEventsOfAllTimeWithTheirNumber() throws Exception {
    String[] edit = {
      "profile.city == \"Boston\"", "profile.city == \"Boston\" && events(\"viewed\").size() > 1"
    };
    shop.execute(
        "insert into event (profile_id, name, occurred_at, id)"
            + " select 1, 'viewed', now(), n::text from generate_series(1, 5000) n");
    shop.execute("analyze event");

    Result lint = edited(edit[0], edit[1], "lint");
    Result explained = edited(edit[0], edit[1], "explain", "segment/bostonians");
    Result compared = edited(edit[0], edit[1], "diff", "segment/bostonians");
    JsonNode json = edited(edit[0], edit[1], "diff", "segment/bostonians", "-o", "json").json();

    assertThat(lint.out() + lint.err())
        .contains("every \"viewed\" that there ever was is looked at", "give a time, as in");
    // An empty month counts as one event, for the planner.
    String warning =
        "(?s).*warning: looks at every \"viewed\" there ever was, about 5,00\\d events.*";
    assertThat(explained.out()).matches(warning);
    assertThat(compared.out()).matches(warning);
    assertThat(json.at("/eventsOfAllTime/viewed").asLong()).isBetween(5000L, 5009L);

    Result conditions =
        edited(
            "expression: inSegment(\"everybody\") && profile.city == \"Boston\"",
            "rules: {none: [{event: viewed}]}",
            "lint");
    assertThat(conditions.out() + conditions.err()).contains("write within, as in within: 365d");
  }

  @Test
  void aRuleThatDoesNotCompileIsReportedWithItsPlace() throws Exception {
    Result result =
        edited(
            "profile.city == \"Boston\"",
            "profile.ctiy == \"Boston\"",
            "diff",
            "segment/bostonians");

    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err()).contains("unknown attribute \"ctiy\"", "did you mean \"city\"?");
  }
}
