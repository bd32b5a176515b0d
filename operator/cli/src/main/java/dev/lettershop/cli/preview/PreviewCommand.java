package dev.lettershop.cli.preview;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.DiagnosticJson;
import dev.lettershop.cli.output.EmbeddedOption;
import dev.lettershop.cli.output.Json;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.ManifestOptions;
import dev.lettershop.cli.output.OutputFormat;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.value.RenderException;
import dev.lettershop.worker.preview.PreviewGallery;
import dev.lettershop.worker.preview.PreviewMail;
import dev.lettershop.worker.preview.PreviewSubject;
import dev.lettershop.worker.preview.Previewer;
import dev.lettershop.worker.preview.SampleProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lettershop preview}: mails to look at, before anything is sent. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
      "Show what mails will look like, as a page to open in a browser.",
      "Fills each template in for the made-up profiles in spec.previews, as each campaign's content"
          + " rules decide: at desktop and phone width, light and dark, as HTML, text and headers,"
          + " with findings, and with which rule won and why. The page needs no server and no"
          + " network."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:written", "1:errors; what has none is written", "2:usage"})
public final class PreviewCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 250;

  @Spec private CommandSpec spec;
  @Mixin private ManifestOptions manifests;
  @Mixin private PreviewPeople people;
  @Mixin private EmbeddedOption embedded;

  @Parameters(
      arity = "0..1",
      paramLabel = "template/NAME|campaign/NAME",
      description = "What to show. Default: all campaigns, and templates that none uses.")
  private String target;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for index.html and the messages; made when missing.")
  private Path out;

  @Option(
      names = "--serve",
      description =
          "Show the page at an address of this machine, and again whenever a file changes, until"
              + " Ctrl-C.")
  private boolean serve;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "15080",
      description = "With --serve: the port; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = {
        "Folder of pictures to show in place of remote ones, by file name. Others are drawn:"
            + " nothing is loaded from the network."
      })
  private Path images;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  /** What {@code -o json} prints. */
  public record Result(String page, List<Shown> mails, List<DiagnosticJson> findings) {}

  record Shown(
      String of, String template, String variant, String profile, String subject, int htmlBytes) {}

  @Override
  public Integer call() {
    if (serve == (out != null)) {
      throw new UsageException(
          "Give --out DIR to write the page, or --serve to look at it at once");
    }
    if (serve) {
      return serve();
    }
    ManifestFiles.Loaded loaded = manifests.load();
    Set<Diagnostic> findings = new LinkedHashSet<>();
    List<PreviewMail> mails =
        people.areStored() ? withStore(loaded, findings) : mails(loaded.resources(), findings);
    boolean sound =
        new Compilation(spec.commandLine(), loaded)
            .report(List.copyOf(findings), Diagnostic::isError);
    if (mails.isEmpty()) {
      return 1;
    }
    Path page = write(mails, loaded);
    report(page, mails, findings, loaded);
    return sound ? 0 : 1;
  }

  /** Until the process is told to stop. */
  private int serve() {
    if (!people.areStored()) {
      return serve(ManifestFiles.Loaded::resources);
    }
    return embedded.placing(manifests, spec.commandLine(), this::serve);
  }

  private int serve(Function<ManifestFiles.Loaded, ResourceSet> placing) {
    LivePreview preview =
        new LivePreview(manifests::state, manifests::load, placing, this::mails, images);
    try (PreviewServer server = PreviewServer.start(port)) {
      preview.look(server);
      PrintWriter stdout = spec.commandLine().getOut();
      stdout.println("Look at it in a browser; it follows the files. Ctrl-C ends it.");
      stdout.println("  " + server.url());
      stdout.flush();
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        preview.look(server);
      }
    } catch (IOException e) {
      throw new UsageException(
          "Cannot serve at port " + port + ": " + e.getMessage() + "; name another with --port");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** The store is asked only for people who are in it. */
  private List<PreviewMail> withStore(ManifestFiles.Loaded loaded, Set<Diagnostic> findings) {
    return embedded.with(
        manifests, loaded, spec.commandLine(), resources -> mails(resources, findings));
  }

  private List<PreviewMail> mails(ResourceSet resources, Set<Diagnostic> findings) {
    PreviewTargets targets = new PreviewTargets(resources);
    List<PreviewSubject> subjects = targets.find(target);
    Previewer previewer = new Previewer(Clock.systemUTC().instant());
    findings.addAll(targets.diagnostics());
    List<PreviewMail> mails = new ArrayList<>();
    for (PreviewSubject subject : subjects) {
      var previews = targets.previews(subject.templateName());
      findings.addAll(previewer.problems(subject, previews));
      for (SampleProfile sample : people.of(subject, previews, previewer, resources)) {
        mails.add(fill(previewer, subject, sample));
      }
    }
    return mails;
  }

  private static PreviewMail fill(Previewer previewer, PreviewSubject subject, SampleProfile who) {
    try {
      return previewer.fill(subject, who);
    } catch (RenderException | IllegalArgumentException e) {
      throw new UsageException(
          subject.title() + " cannot be shown for " + who.name() + ": " + e.getMessage());
    }
  }

  private Path write(List<PreviewMail> mails, ManifestFiles.Loaded loaded) {
    try {
      return new PreviewGallery(out, images, loaded.resources()).write(mails);
    } catch (IOException e) {
      throw new UsageException("Cannot write to " + out + ": " + e.getMessage());
    }
  }

  private void report(
      Path page, List<PreviewMail> mails, Set<Diagnostic> findings, ManifestFiles.Loaded loaded) {
    var stdout = spec.commandLine().getOut();
    if (output == OutputFormat.json) {
      Json.print(
          stdout,
          new Result(
              page.toString(),
              mails.stream().map(PreviewCommand::shown).toList(),
              DiagnosticJson.of(List.copyOf(findings), loaded.resources())));
    } else {
      int number = mails.size();
      stdout.println(
          number == 1
              ? "1 mail. Look at it in a browser:"
              : number + " mails. Look at them in a browser:");
      stdout.println("  " + page.toAbsolutePath().normalize().toUri());
      stdout.flush();
    }
  }

  private static Shown shown(PreviewMail mail) {
    return new Shown(
        mail.subject().title(),
        mail.subject().templateName(),
        mail.subject().variant(),
        mail.profileName(),
        mail.mail().subject(),
        mail.mail().html().getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
  }
}
