package dev.lettershop.cli.output;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON schema of all kinds, for editors. */
public final class ResourceSchema {
  private static final String PLACE = "/META-INF/lettershop/schemas/lettershop.json";

  private ResourceSchema() {}

  /** The file's text. */
  public static String text() {
    try (InputStream in = Campaign.class.getResourceAsStream(PLACE)) {
      if (in == null) {
        throw new IllegalStateException(PLACE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + PLACE + " from the class path", e);
    }
  }
}
