package dev.lettershop.cli.preview;

import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.worker.preview.PreviewGallery;
import dev.lettershop.worker.preview.PreviewMail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fills mails in again whenever a file changes. What cannot be filled in leaves the mails as they
 * were, with what is wrong beside them.
 */
final class LivePreview {
  private final Supplier<String> state;
  private final Supplier<ManifestFiles.Loaded> load;
  private final Function<ManifestFiles.Loaded, ResourceSet> placing;
  private final BiFunction<ResourceSet, Set<Diagnostic>, List<PreviewMail>> fill;
  private final Path images;
  private List<PreviewMail> mails = List.of();
  private ResourceSet resources = ResourceSet.builder().build();
  private String seen;

  /**
   * @param state another text whenever a file has changed
   * @param placing puts servers of this machine in place, where they are asked for
   * @param fill fills all mails in and adds what it finds
   * @param images folder of pictures, or null
   */
  LivePreview(
      Supplier<String> state,
      Supplier<ManifestFiles.Loaded> load,
      Function<ManifestFiles.Loaded, ResourceSet> placing,
      BiFunction<ResourceSet, Set<Diagnostic>, List<PreviewMail>> fill,
      Path images) {
    this.state = state;
    this.load = load;
    this.placing = placing;
    this.fill = fill;
    this.images = images;
  }

  /**
   * Looks at the files once, and shows what has changed.
   *
   * @return whether something was shown
   */
  boolean look(PreviewServer server) throws IOException {
    String now = state.get();
    if (now.equals(seen)) {
      return false;
    }
    seen = now;
    List<Diagnostic> wrong = new ArrayList<>();
    try {
      ManifestFiles.Loaded loaded = load.get();
      Set<Diagnostic> findings = new LinkedHashSet<>(loaded.diagnostics());
      List<PreviewMail> filled = fill.apply(placing.apply(loaded), findings);
      resources = loaded.resources();
      if (!filled.isEmpty()) {
        mails = filled;
      }
      findings.stream().filter(Diagnostic::isError).forEach(wrong::add);
    } catch (UsageException e) {
      wrong.add(
          new Diagnostic(
              Severity.Error, new ResourceRef("Folder", "-f"), "", null, e.getMessage(), null));
    }
    server.show(new PreviewGallery(null, images, resources).page(mails, wrong, true));
    return true;
  }
}
