package dev.lettershop.worker.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.template.MailAttachment;
import dev.lettershop.template.RenderedMail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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
  private static final String GENERAL = "\"preview-general\"";
  private static final String LIVE = "\"preview-live\"";

  /** A page that asks its server whether there is a newer one may talk to that server. */
  private static final String POLICY = "default-src 'none'; script-src";

  private static final String LIVE_POLICY = "default-src 'none'; connect-src 'self'; script-src";
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
   * What is shown.
   *
   * @param html the page
   * @param messages what it links to, by path
   */
  public record Page(String html, Map<String, byte[]> messages) {}

  /**
   * Writes the page over an earlier one.
   *
   * @return the page
   */
  public Path write(List<PreviewMail> mails) throws IOException {
    Files.createDirectories(directory.resolve("mails"));
    Page page = page(mails, List.of(), false);
    for (Map.Entry<String, byte[]> message : page.messages().entrySet()) {
      Files.write(directory.resolve(message.getKey()), message.getValue());
    }
    Path file = directory.resolve("index.html");
    Files.writeString(file, page.html());
    return file;
  }

  /**
   * The page with all mails.
   *
   * @param general findings about the resources as a whole
   * @param live whether the page asks its server for a newer one again and again
   */
  public Page page(List<PreviewMail> mails, List<Diagnostic> general, boolean live)
      throws IOException {
    Map<String, byte[]> messages = new LinkedHashMap<>();
    List<Map<String, Object>> shown = new ArrayList<>();
    for (PreviewMail mail : mails) {
      String file = "mails/" + fileName(mail);
      messages.put(file, mail.message());
      shown.add(entry(mail, file));
    }
    String html =
        template()
            .replace(POLICY, live ? LIVE_POLICY : POLICY)
            .replace(LIVE, String.valueOf(live))
            .replace(GENERAL, json(general.stream().map(this::finding).toList()))
            .replace(DATA, json(shown));
    return new Page(html, messages);
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
    entry.put("html", images.in(pictured(mail.mail())));
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

  private static String template() throws IOException {
    try (InputStream in = PreviewGallery.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IOException("the page is not in the jar; build the project again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** With the pictures that the mail carries, which no browser would find. */
  private static String pictured(RenderedMail mail) {
    String html = mail.html();
    for (MailAttachment file : mail.attachments()) {
      if (html != null && file.isInline()) {
        html =
            html.replace(
                "cid:" + file.contentId(),
                "data:"
                    + file.type()
                    + ";base64,"
                    + Base64.getEncoder().encodeToString(file.content()));
      }
    }
    return html;
  }
}
