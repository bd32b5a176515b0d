package dev.lettershop.cli.preview;

import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.worker.preview.PreviewMail;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop render}: one mail, filled in. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Print one mail, filled in for one profile.",
      "Takes the first of spec.previews unless --preview or --profile names another; of a campaign"
          + " with a test, the first variant."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:rendered", "1:the template or campaign has errors", "2:usage"})
public final class RenderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private PreviewPeople people;

  @Parameters(paramLabel = "template/NAME|campaign/NAME", description = "What to render.")
  private String target;

  /** What is printed. */
  enum Part {
    /** The body. */
    html,
    /** The text part. */
    text,
    /** The whole message. */
    eml,
    /** All of it as JSON. */
    json
  }

  @Option(
      names = {"-o", "--output"},
      defaultValue = "html",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Part output;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file; one that ends in .eml gets the whole message.")
  private Path file;

  /** What {@code -o json} prints. */
  public record Result(
      String of,
      String template,
      String profile,
      String subject,
      String html,
      String text,
      Map<String, String> content,
      Map<String, String> links,
      Object rules) {}

  @Override
  public Integer call() {
    ManifestFiles.Loaded loaded = manifests.load();
    PreviewMail mail = SinglePreview.of(target, people, loaded, spec.commandLine());
    if (mail == null) {
      return 1;
    }
    boolean message = file != null && file.toString().endsWith(".eml");
    Part part = message ? Part.eml : output;
    if (file != null) {
      write(part, mail);
    } else if (part == Part.json) {
      Json.print(spec.commandLine().getOut(), result(mail));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.print(new String(bytes(part, mail), StandardCharsets.UTF_8));
      out.flush();
    }
    return 0;
  }

  private void write(Part part, PreviewMail mail) {
    try {
      if (part == Part.json) {
        Json.write(file, result(mail));
      } else {
        Files.write(file, bytes(part, mail));
      }
    } catch (IOException e) {
      throw new UsageException("Cannot write " + file + ": " + e.getMessage());
    }
  }

  private static byte[] bytes(Part part, PreviewMail mail) {
    return switch (part) {
      case text -> mail.mail().text().getBytes(StandardCharsets.UTF_8);
      case eml -> mail.message();
      default -> mail.mail().html().getBytes(StandardCharsets.UTF_8);
    };
  }

  private static Result result(PreviewMail mail) {
    return new Result(
        mail.subject().title(),
        mail.subject().templateName(),
        mail.profileName(),
        mail.mail().subject(),
        mail.mail().html(),
        mail.mail().text(),
        mail.content(),
        mail.links(),
        mail.rules());
  }
}
