package dev.lettershop.cli.init;

import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.cli.source.Agreement;
import dev.lettershop.job.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop init}: from the data that somebody has to a first campaign. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Make a folder with everything for a first campaign, from your own data.",
      "Looks at the files (CSV or NDJSON) or the database, and writes a store, sources with mapping,"
          + " two segments that fit the data, a template, a transport, a campaign, Secrets, a"
          + " kustomization, a .gitignore and a check for pull requests. A file with addresses holds"
          + " people, another one what they did. On a terminal it asks for what is not said. No file"
          + " is ever written over.",
      "",
      "The folder passes lint as it is, and runs on a laptop:",
      "  lettershop run -f my-shop campaign/first-mail --embedded"
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the database cannot be reached; try again",
      "2:usage, or data that nothing can be made of; nothing is written"
    })
public final class InitCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 32;

  @Spec private CommandSpec spec;
  @Mixin private DatabaseOptions database;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files of people, or of what they did. Copied into data/ when outside of DIR.")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder; made when missing. Default: the current one.")
  private Path out;

  @Option(
      names = "--shop",
      paramLabel = "NAME",
      description = "Whom mails come from, as readers see it. Default: My Shop.")
  private String shop;

  @Option(
      names = "--sender",
      paramLabel = "ADDRESS",
      description = "Address that mails come from. Default: news@shop.example.")
  private String sender;

  @Option(
      names = "--postal-address",
      paramLabel = "TEXT",
      description = "For the foot of each mail; the law of most countries asks for it.")
  private String postal;

  @Option(
      names = "--consent",
      paramLabel = "TEXT",
      description = {
        "How everybody who has not refused has agreed to get your mail, such as \"box ticked at the"
            + " checkout\". Kept as evidence. Needed where no column says who agreed: without it"
            + " they get no mail."
      })
  private String consent;

  @Option(
      names = "--consent-date",
      paramLabel = "DATE",
      description = {
        "Since when they have agreed where the data do not say, such as 2026-11-30. Default: the day"
            + " of the file; of a database, today."
      })
  private String consentDate;

  private final Questions questions;
  private final RandomGenerator chance;
  private final Clock clock;

  /** Asks at the terminal. */
  public InitCommand() {
    this(Questions.ofTerminal(), new SecureRandom(), Clock.systemUTC());
  }

  InitCommand(Questions questions, RandomGenerator chance, Clock clock) {
    this.questions = questions;
    this.chance = chance;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    askForData();
    Instant since = since();
    List<DataFile> data = data();
    Login login = database.login(questions);
    List<Study> studies = studies(data, login, since);
    if (studies.stream().noneMatch(Study::isOfPeople)) {
      throw new UsageException("No column holds e-mail addresses: add a file of people");
    }
    Shop who = shop();
    ShopManifests manifests = new ShopManifests(who, studies);
    if (!manifests.knowsConsents() && askForConsent()) {
      studies = studies(data, login, since);
      manifests = new ShopManifests(who, studies);
    }
    Map<String, String> texts =
        new ProjectText(manifests, login, key(), data.stream().map(DataFile::path).toList())
            .files();
    String kept =
        Files.exists(out.resolve(ProjectText.IGNORED)) ? texts.remove(ProjectText.IGNORED) : null;
    new ProjectFiles(out).write(texts, data);
    say(studies, manifests, texts.keySet(), kept);
    return ExitCode.DONE;
  }

  private void askForData() {
    if (files.isEmpty() && !database.isGiven()) {
      String answer = questions.ask("File with your customers (CSV or NDJSON)", null);
      if (answer == null) {
        throw new UsageException(
            "Name a file of people, such as customers.csv, or a --jdbc database");
      }
      files = List.of(Path.of(answer));
    }
  }

  private Instant since() {
    try {
      return consentDate == null
          ? null
          : LocalDate.parse(consentDate).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new UsageException("--consent-date is a day such as 2026-11-30, not " + consentDate);
    }
  }

  private List<DataFile> data() {
    Set<String> names = new HashSet<>();
    List<DataFile> data = new ArrayList<>();
    for (Path file : files) {
      DataFile one = DataFile.of(file, out);
      if (!names.add(one.name())) {
        throw new UsageException("Two files are called " + one.name() + "; rename one of them");
      }
      data.add(one);
    }
    return data;
  }

  private List<Study> studies(List<DataFile> data, Login login, Instant since) {
    List<Study> studies = new ArrayList<>();
    for (DataFile file : data) {
      studies.add(Study.ofFile(file, consent, since));
    }
    if (database.isGiven()) {
      Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
      studies.add(database.study(login, new Agreement(consent, since == null ? today : since)));
    }
    return studies;
  }

  private Shop shop() {
    String name = shop == null ? questions.ask("Name of the shop", "My Shop") : shop;
    String address =
        sender == null
            ? questions.ask("Address that mails come from", "news@shop.example")
            : sender;
    String letters =
        postal == null
            ? questions.ask(
                "Postal address, for the foot of the mails", "1 Example Street, Exampleton")
            : postal;
    return new Shop(name, address, letters);
  }

  /** Whether somebody has said more than the data do. */
  private boolean askForConsent() {
    if (consent == null) {
      consent =
          questions.ask(
              "No column says who agreed to get mail. How did they all agree (empty: they have not)",
              null);
      return consent != null;
    }
    return false;
  }

  private String key() {
    byte[] key = new byte[KEY_BYTES];
    chance.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private void say(List<Study> studies, ShopManifests manifests, Set<String> written, String kept) {
    PrintWriter stdout = spec.commandLine().getOut();
    String folder = out.toString().isEmpty() ? "." : out.toString();
    stdout.println("Wrote " + folder + ": " + String.join(", ", written));
    for (Study study : studies) {
      stdout.println(
          "  "
              + study.name()
              + ": "
              + (study.isOfPeople() ? "people" : "events " + eventNames(study))
              + ", told apart by "
              + study.proposal().identity().get("key"));
    }
    manifests.aboutSegments().forEach(segment -> stdout.println("  segment " + segment));
    if (kept != null) {
      stdout.println("Add to " + ProjectText.IGNORED + ", which was there already:");
      kept.lines().forEach(line -> stdout.println("  " + line));
    }
    if (!manifests.knowsConsents()) {
      stdout.println(
          "Nobody gets mail yet: no column says who agreed to it. Where all did, call init with"
              + " --consent \"how\" in another folder; else add a source that provides Consents.");
    }
    stdout.println("Next:");
    stdout.println("  lettershop lint -f " + folder);
    stdout.println("  lettershop preview -f " + folder + " --out " + out.resolve("preview"));
    stdout.println(
        "  lettershop run -f " + folder + " campaign/" + ShopManifests.CAMPAIGN + " --embedded");
    stdout.flush();
  }

  private static String eventNames(Study study) {
    return String.join(
        ", ", study.proposal().events().stream().map(event -> (String) event.get("name")).toList());
  }
}
