package dev.lettershop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.browser.DevTools.View;
import dev.lettershop.cli.LettershopCommand;
import dev.lettershop.template.html.BodyKind;
import dev.lettershop.template.html.HtmlPreparation;
import dev.lettershop.template.html.TagSyntax;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Looks at mails in one browser, at desktop and phone width, in light and dark. Each template of
 * the gallery has to look as its author wrote it, and each component of MJML as npm's mjml makes
 * it: the same pixels in the same browser, so that fonts do not matter. Pictures that are kept show
 * boxes in place of letters, for the same reason.
 */
@BrowserTest
class MailPicturesTest {
  private static final Path MAILS = Path.of("src/test/resources/mails");
  private static final Path SAMPLES = Path.of("../../samples/templates");
  private static final Path WRITTEN = Path.of("target/pictures");
  private static final List<View> VIEWS =
      List.of(new View(700, false), new View(375, false), new View(700, true), new View(375, true));
  private static final List<View> WIDTHS = VIEWS.subList(0, 2);

  /** Less than this share of the pixels of two pictures may differ. */
  private static final double SAME = 0.00005;

  /**
   * Kept pictures have 16 levels of each colour, so that a mean on the border between two may turn
   * out one level up or down: 17 of 255. Edges are smoothed differently by each version of
   * Chromium.
   */
  private static final int LEVEL = 17;

  private static final double KEPT = 0.01;

  private static final String PIXEL =
      "data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";
  private static final Pattern PICTURE =
      Pattern.compile("(\\s(?:src|background)=\")https?:[^\"]*+");
  private static final Pattern BACKGROUND = Pattern.compile("url\\(['\"]?+https?:[^)]*+\\)");
  private static final Pattern CONDITIONAL =
      Pattern.compile(
          "<!--\\[if ([^\\]]*+)\\]>(?:<!-->|\\s*+<!-- -->)?+(.*?)(?:<!--)?<!\\[endif\\]-->", 32);

  @TempDir private static Path folder;
  private static DevTools browser;

  @BeforeAll
  static void start() throws Exception {
    browser = DevTools.start(Chromium.find().orElseThrow(), folder);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    browser.close();
  }

  @Test
  void everyTemplateLooksAsItsAuthorWroteIt() throws Exception {
    List<String> differences = new ArrayList<>();
    List<Path> files = files(MAILS.resolve("gallery"), "(?!profile-store).*\\.yaml");
    for (Path file : files) {
      GalleryMail mail = GalleryMail.read(file);
      String written = mail.filledByItsEngine();
      String sent = rendered(MAILS.resolve("gallery"), mail.name());
      assertThat(sent).as(mail.name()).contains(" style=").isNotEqualTo(written);
      for (View view : knowsColours(written) || knowsColours(sent) ? VIEWS : WIDTHS) {
        differences.addAll(difference(mail.name(), written, sent, view));
      }
    }
    assertThat(files).hasSize(20);
    assertThat(differences).isEmpty();
  }

  @Test
  void everyComponentOfMjmlLooksAsMjmlMakesIt() throws Exception {
    List<String> differences = new ArrayList<>();
    List<Path> files = files(MAILS.resolve("mjml"), ".*\\.mjml");
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".mjml", "");
      String theirs = Files.readString(file.resolveSibling(name + ".npm.html"));
      String ours =
          HtmlPreparation.prepare(Files.readString(file), BodyKind.Mjml, TagSyntax.Braces).html();
      for (View view : WIDTHS) {
        differences.addAll(difference(name, theirs, ours, view));
      }
      differences.addAll(
          difference(name + " in Outlook", inOutlook(theirs), inOutlook(ours), WIDTHS.get(0)));
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(30);
    assertThat(differences).isEmpty();
  }

  @Test
  void everyMailLooksAsItsPictureIsKept() throws Exception {
    String boxes =
        "<style>@font-face{font-family:Boxes;src:url(data:font/ttf;base64,"
            + Base64.getEncoder().encodeToString(Files.readAllBytes(MAILS.resolve("boxes.ttf")))
            + ")}*{font-family:Boxes!important}</style>";
    List<String> names = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Path from : List.of(MAILS.resolve("gallery"), SAMPLES)) {
      for (Path file : files(from, "(?!profile-store|kustomization|footer).*\\.yaml")) {
        String name = file.getFileName().toString().replace(".yaml", "");
        String mail = rendered(from, name).replaceFirst("(?i)</head>", boxes + "</head>");
        assertThat(mail).as(name).contains(boxes);
        List<BufferedImage> pictures = new ArrayList<>();
        for (View view : VIEWS) {
          pictures.add(browser.picture(offline(mail), view));
        }
        String kept = from == SAMPLES ? "sample-" + name : name;
        names.add(kept + ".png");
        differences.addAll(differenceToKept(kept, Pictures.small(pictures)));
      }
    }
    assertThat(names).hasSize(25);
    assertThat(files(MAILS.resolve("pictures"), ".*").stream().map(p -> p.getFileName().toString()))
        .as("a picture for each mail and no others")
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(differences).isEmpty();
  }

  /** Whether a mail may look otherwise in the dark. */
  private static boolean knowsColours(String html) {
    return html.contains("color-scheme");
  }

  private static List<String> differenceToKept(String name, BufferedImage picture)
      throws Exception {
    Path kept = MAILS.resolve("pictures").resolve(name + ".png");
    double difference =
        Files.exists(kept) ? Pictures.difference(ImageIO.read(kept.toFile()), picture, LEVEL) : 1;
    if (difference < KEPT) {
      return List.of();
    }
    Path written = Files.createDirectories(WRITTEN).resolve(name + ".png");
    ImageIO.write(picture, "png", written.toFile());
    return List.of(
        "%s differs from its picture in %.2f %% of the pixels; look at %s, and if it is right, put it into %s"
            .formatted(name, difference * 100, written, kept.getParent()));
  }

  private static List<String> difference(String name, String one, String other, View view)
      throws Exception {
    BufferedImage left = browser.picture(offline(one), view);
    BufferedImage right = browser.picture(offline(other), view);
    double difference = Pictures.difference(left, right);
    if (difference < SAME) {
      return List.of();
    }
    String file = name.replace(' ', '-') + "-" + view.width() + (view.dark() ? "-dark" : "");
    Files.createDirectories(WRITTEN);
    ImageIO.write(left, "png", WRITTEN.resolve(file + "-expected.png").toFile());
    ImageIO.write(right, "png", WRITTEN.resolve(file + "-sent.png").toFile());
    return List.of(
        "%s in %.4f %% of the pixels: %dx%d and %dx%d"
            .formatted(
                file,
                difference * 100,
                left.getWidth(),
                left.getHeight(),
                right.getWidth(),
                right.getHeight()));
  }

  private static String rendered(Path manifests, String template) {
    StringWriter html = new StringWriter();
    StringWriter errors = new StringWriter();
    int exit =
        LettershopCommand.commandLine()
            .setOut(new PrintWriter(html))
            .setErr(new PrintWriter(errors))
            .execute("render", "-f", manifests.toString(), "template/" + template);
    assertThat(exit).as(template + ": " + errors).isZero();
    return html.toString();
  }

  /** With a picture at hand in place of each that a server has. */
  private static String offline(String html) {
    String pictures = PICTURE.matcher(html).replaceAll("$1" + Matcher.quoteReplacement(PIXEL));
    return BACKGROUND.matcher(pictures).replaceAll("none");
  }

  /** The mail as conditional comments make it for Outlook. */
  private static String inOutlook(String html) {
    return CONDITIONAL
        .matcher(html)
        .replaceAll(
            comment -> {
              String condition = comment.group(1).toLowerCase(Locale.ROOT);
              boolean shown = condition.contains("mso") && !condition.startsWith("!");
              return shown ? Matcher.quoteReplacement(comment.group(2)) : "";
            });
  }

  private static List<Path> files(Path folder, String pattern) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }
}
