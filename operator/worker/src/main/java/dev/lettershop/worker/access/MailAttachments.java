package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.campaign.CampaignAttachment;
import dev.lettershop.delivery.message.AttachmentException;
import dev.lettershop.plan.Plan;
import dev.lettershop.profile.Event;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.http.FileFetcher;
import dev.lettershop.template.MailAttachment;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The files that mails of a plan carry. What is the same for everybody is read once. Thread-safe.
 */
public final class MailAttachments implements AutoCloseable {
  private static final int KIBIBYTE = 1024;
  private static final String REFUSED = "AttachmentRefused";

  private final List<CampaignAttachment> planned;
  private final Map<String, FileFetcher> fetchers = new HashMap<>();
  private final Map<String, byte[]> shared = new ConcurrentHashMap<>();

  /**
   * @param plan of the mails
   */
  public MailAttachments(Plan plan) {
    this.planned = plan.attachments();
    for (CampaignAttachment file : planned) {
      if (file.contentProperty() == null) {
        fetchers.put(
            file.name(),
            new FileFetcher(
                "spec.attachments " + file.name(),
                file.hosts().stream()
                    .map(host -> host.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet()),
                file.allowPrivateAddresses(),
                most(file)));
      }
    }
  }

  private static long most(CampaignAttachment file) {
    return (long) file.maxKibibytes() * KIBIBYTE;
  }

  /**
   * The files of one mail.
   *
   * @param event that triggered it, or null
   * @throws AttachmentException when one is not there
   */
  public List<MailAttachment> of(Event event) {
    List<MailAttachment> files = new ArrayList<>(planned.size());
    for (CampaignAttachment file : planned) {
      byte[] content = content(file, event);
      if (content != null) {
        files.add(new MailAttachment(file.name(), file.type(), file.contentId(), content));
      }
    }
    return files;
  }

  /** Null when the event lacks it, and need not have it. */
  private byte[] content(CampaignAttachment file, Event event) {
    if (file.url() != null) {
      return shared.computeIfAbsent(file.name(), name -> fetched(file, file.url()));
    }
    String property = file.urlProperty() == null ? file.contentProperty() : file.urlProperty();
    Object value = event == null ? null : event.properties().get(property);
    if (value == null || value.toString().isBlank()) {
      if (file.optional()) {
        return null;
      }
      throw failure(file, "AttachmentMissing", false, "the event has no " + property, null);
    }
    return file.urlProperty() == null
        ? decoded(file, value.toString())
        : fetched(file, value.toString().strip());
  }

  private byte[] fetched(CampaignAttachment file, String url) {
    try {
      return fetchers.get(file.name()).fetch(url);
    } catch (ConnectorException e) {
      String code = e.isTemporary() ? "AttachmentUnavailable" : REFUSED;
      throw failure(file, code, e.isTemporary(), e.getMessage(), e);
    }
  }

  private static byte[] decoded(CampaignAttachment file, String text) {
    if (text.length() / 4 * 3L > most(file) + KIBIBYTE) {
      throw failure(file, REFUSED, false, "it is larger than allowed", null);
    }
    try {
      byte[] content = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      if (content.length == 0 || content.length > most(file)) {
        throw failure(file, REFUSED, false, "it is empty, or larger than allowed", null);
      }
      return content;
    } catch (IllegalArgumentException e) {
      throw failure(file, REFUSED, false, "it is not base64", e);
    }
  }

  private static AttachmentException failure(
      CampaignAttachment file, String code, boolean temporary, String why, Throwable cause) {
    return new AttachmentException(
        code, temporary, "The attachment " + file.name() + ": " + why, cause);
  }

  @Override
  public void close() {
    fetchers.values().forEach(FileFetcher::close);
  }
}
