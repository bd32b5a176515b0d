package dev.lettershop.bench;

import dev.lettershop.playground.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes a campaign and a CRM export of made-up customers. */
final class CampaignFolder {
  private static final String[] CITIES = {"New York", "Boston", "Lisbon", "Tartu", "Kyoto", "Graz"};
  private static final int PARAGRAPHS = 36;

  private CampaignFolder() {}

  static void write(Path folder, EmbeddedDatabase database, int smtpPort, long people)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("campaign.yaml"), manifests(database, smtpPort));
    Random random = new Random(7);
    try (Writer csv = Files.newBufferedWriter(folder.resolve("customers.csv"))) {
      csv.write("customer_id,email,first_name,CITY,lifetime_value,last_active_at\n");
      for (long i = 0; i < people; i++) {
        csv.write(
            "C"
                + i
                + ",customer."
                + i
                + "@people.example,Ada"
                + i % 1000
                + ", "
                + CITIES[random.nextInt(CITIES.length)]
                + ","
                + random.nextInt(1_000_000) / 100.0
                + ",2026-0"
                + (1 + random.nextInt(9))
                + "-1"
                + random.nextInt(10)
                + "T08:00:00Z\n");
      }
    }
  }

  private static String manifests(EmbeddedDatabase database, int smtpPort) throws IOException {
    try (InputStream in = CampaignFolder.class.getResourceAsStream("end-to-end.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${databasePort}", String.valueOf(database.port()))
          .replace("${database}", database.database())
          .replace("${username}", database.username())
          .replace("${password}", database.password())
          .replace("${smtpPort}", String.valueOf(smtpPort))
          .replace("${paragraphs}", paragraphs(PARAGRAPHS));
    }
  }

  /** Text of a newsletter, some 230 bytes a paragraph. */
  static String paragraphs(int count) {
    StringBuilder html = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      html.append("<p style=\"margin:0 0 16px;font:16px/1.5 Georgia,serif\">Paragraph ")
          .append(i)
          .append(
              " says what a paragraph of a newsletter says: that there is something new, that it is"
                  + " good, and that it will not be there for long. Read on, dear reader.</p>\n    ");
    }
    return html.toString();
  }
}
