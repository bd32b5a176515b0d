package dev.lettershop.playground.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.playground.packaged.PackagedLettershop;
import dev.lettershop.playground.packaged.PackagedLettershop.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as people call it: the packaged jar in a process of its own. */
class QuickstartIT {
  private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");
  private static final Pattern TO = Pattern.compile("(?m)^To:.*?([\\w.+-]+@[\\w.-]+)>?\\s*$");

  @TempDir private Path folder;

  /** As the quickstart at the end of {@code .ci/run}. */
  @Test
  @Tag("soak")
  void putsExactlyTheMailsIntoTheInboxThatTheStatusCounts() throws Exception {
    Path out = folder.resolve("out");

    Result result =
        new PackagedLettershop(folder).run("quickstart", "--out", out.toString(), "-o", "json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode status = new ObjectMapper().readTree(result.out());
    long sent = status.at("/deliveries/sent").asLong();
    List<Path> mails = mails(out);
    assertThat(sent).isGreaterThan(100).isEqualTo(mails.size());
    assertThat(status.at("/audience/selected").asLong()).isEqualTo(sent);
    assertThat(status.at("/audience/skipped/noConsent").asLong()).isPositive();
    assertThat(status.at("/conditions/0/status").asText()).isEqualTo("True");
    assertThat(recipients(mails)).as("nobody has two mails").hasSize(mails.size());
    assertThat(out.resolve("index.html")).isNotEmptyFile();
    assertThat(out.resolve("quarantine.csv")).isNotEmptyFile();
    assertThat(Files.readString(out.resolve("data/index.js")))
        .contains("Exclusive NY Store Deals!", "\"City\":\"New York\"");
  }

  @Test
  void saysWhatHappenedWithoutNamingAnybody() throws Exception {
    Path out = folder.resolve("out");

    Result result =
        new PackagedLettershop(folder)
            .run("quickstart", "--out", out.toString(), "--customers", "400");

    assertThat(result.exitCode()).as(result.err()).isZero();
    List<Path> mails = mails(out);
    assertThat(mails).hasSizeGreaterThan(50);
    assertThat(recipients(mails)).as("nobody has two mails").hasSize(mails.size());
    assertThat(out.resolve("index.html")).isNotEmptyFile();
    assertThat(out.resolve("quarantine.csv")).isNotEmptyFile();
    assertThat(Files.readString(out.resolve("data/index.js")))
        .contains("Exclusive NY Store Deals!", "\"City\":\"New York\"");
    assertThat(result.out())
        .contains(mails.size() + "  mails, all of them in the inbox")
        .contains("index.html", "Exclusive NY Store Deals!", "have not consented");
    String said = (result.out() + result.err()).toLowerCase(Locale.ROOT);
    Set<String> people = addressesIn(out.resolve("shop/data/customers.csv"));
    assertThat(people).hasSizeGreaterThan(100);
    assertThat(people).noneMatch(said::contains);
    String quarantine = Files.readString(out.resolve("quarantine.csv")).toLowerCase(Locale.ROOT);
    assertThat(people).noneMatch(quarantine::contains);
  }

  @Test
  void checksItsOwnSample() throws Exception {
    PackagedLettershop lettershop = new PackagedLettershop(folder);
    String sample = lettershop.home().resolve("samples/quickstart").toString();

    Result lint = lettershop.run("lint", "-f", sample);
    Result plan = lettershop.run("plan", "-f", sample, "campaign/autumn-sale", "-o", "json");
    Result again = lettershop.run("plan", "-f", sample, "campaign/autumn-sale", "-o", "json");

    assertThat(lint.exitCode()).as(lint.out() + lint.err()).isZero();
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).isNotEmpty().isEqualTo(again.out());
    assertThat(plan.out()).doesNotContain("sample-password");
  }

  @Test
  void leavesAFolderOfSomebodyElseAlone() throws Exception {
    Path mine = Files.writeString(Files.createDirectories(folder.resolve("mine")).resolve("a"), "");

    Result result =
        new PackagedLettershop(folder).run("quickstart", "--out", mine.getParent().toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("another origin", "--out");
    assertThat(mine).exists();
  }

  private static List<Path> mails(Path out) throws IOException {
    try (Stream<Path> files = Files.list(out.resolve("mails"))) {
      return files.filter(file -> file.toString().endsWith(".eml")).toList();
    }
  }

  private static Set<String> recipients(List<Path> mails) throws IOException {
    Set<String> recipients = new TreeSet<>();
    for (Path mail : mails) {
      Matcher to = TO.matcher(Files.readString(mail).replaceAll("\r\n[ \t]+", " "));
      assertThat(to.find()).as("%s has a recipient", mail.getFileName()).isTrue();
      recipients.add(to.group(1).toLowerCase(Locale.ROOT));
    }
    return recipients;
  }

  private static Set<String> addressesIn(Path file) throws IOException {
    Set<String> addresses = new TreeSet<>();
    Matcher address = ADDRESS.matcher(Files.readString(file));
    while (address.find()) {
      addresses.add(address.group().toLowerCase(Locale.ROOT));
    }
    return addresses;
  }
}
