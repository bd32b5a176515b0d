package dev.lettershop.worker.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes one page with all mails in it, which a browser shows from a disk, and each message as a
 * file beside it. The page loads nothing; a mail in it neither runs nor loads anything.
 */
public final class PreviewGallery {
  private static final String PAGE = "preview.html";
  private static final String DATA = "\"preview-data\"";
  private static final JsonMapper MAPPER = JsonMappers.PLAIN;

  private final Path directory;
  private final OfflineImages images;
  private final ResourceSet resources;

  /**
   * @param directory where {@code index.html} and {@code mails} will be; made when missing
   * @param images folder of pictures to show in place of remote ones, or null
   * @param resources where findings have their place
   */
  public PreviewGallery(Path directory, Path images, ResourceSet resources) {
    this.directory = directory;
    this.images = new OfflineImages(images);
    this.resources = resources;
  }

  /**
   * Writes the page over an earlier one.
   *
   * @return the page
   */
  public Path write(List<PreviewMail> mails) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("mails"));
    List<Map<String, Object>> shown = new ArrayList<>();
    for (PreviewMail mail : mails) {
      String file = fileName(mail);
      Files.write(folder.resolve(file), mail.message());
      shown.add(entry(mail, "mails/" + file));
    }
    Path page = directory.resolve("index.html");
    Files.writeString(page, page().replace(DATA, json(shown)));
    return page;
  }

  private static String fileName(PreviewMail mail) {
    String variant = mail.subject().variant() == null ? "" : "-" + mail.subject().variant();
    String name = mail.subject().title() + variant + "-" + mail.profileName();
    return name.replaceAll("[^A-Za-z0-9._-]+", "-") + ".eml";
  }

  private Map<String, Object> entry(PreviewMail mail, String file) throws IOException {
    String message = new String(mail.message(), StandardCharsets.UTF_8);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("title", mail.subject().title());
    entry.put("template", mail.subject().templateName());
    entry.put("variant", mail.subject().variant());
    entry.put("profileName", mail.profileName());
    entry.put("subject", mail.mail().subject());
    entry.put("from", header(message, "From"));
    entry.put("to", header(message, "To"));
    entry.put("html", images.in(mail.mail().html()));
    entry.put("text", mail.mail().text());
    entry.put("headers", message.substring(0, Math.max(0, message.indexOf("\r\n\r\n"))));
    entry.put("size", mail.mail().html().getBytes(StandardCharsets.UTF_8).length);
    entry.put("profile", mail.profile());
    entry.put("content", mail.content());
    entry.put("rules", mail.rules());
    entry.put("links", mail.links());
    entry.put("file", file);
    Set<Diagnostic> findings = new LinkedHashSet<>(mail.findings());
    findings.addAll(mail.subject().diagnostics());
    entry.put("findings", findings.stream().map(this::finding).toList());
    return entry;
  }

  private static String header(String message, String name) {
    for (String line : message.split("\r\n(?![ \t])")) {
      if (line.startsWith(name + ": ")) {
        return line.substring(name.length() + 2).replaceAll("\\s+", " ");
      }
    }
    return "";
  }

  private Map<String, Object> finding(Diagnostic diagnostic) {
    Map<String, Object> finding = new LinkedHashMap<>();
    finding.put("severity", diagnostic.severity().name());
    finding.put("check", diagnostic.check());
    finding.put("resource", diagnostic.resource().toString());
    finding.put("field", diagnostic.field());
    finding.put("at", diagnostic.position() == null ? null : diagnostic.position().toString());
    finding.put(
        "place",
        resources
            .locate(diagnostic.resource(), diagnostic.field())
            .map(at -> at.file() + ":" + at.line())
            .orElse(null));
    finding.put("message", diagnostic.message());
    finding.put("fix", diagnostic.fix());
    return finding;
  }

  /** As it may stand in a script element. */
  private static String json(Object value) throws JsonProcessingException {
    return MAPPER
        .writeValueAsString(value)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String page() throws IOException {
    try (InputStream in = PreviewGallery.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IOException("the page is not in the jar; build the project again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
