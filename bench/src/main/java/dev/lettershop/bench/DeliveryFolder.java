package dev.lettershop.bench;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/** A campaign of 10 KB mails with ten variables, for {@code run} and for Pods' {@code send}. */
final class DeliveryFolder {
  private static final int PARAGRAPHS = 38;

  private final Path folder;

  private DeliveryFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What differs from one measurement to the next.
   *
   * @param signature algorithm of the JDK's key pair generator, or null for unsigned mail
   */
  record Setting(int smtpPort, int connections, int shards, String signature, Recording recording) {
    Setting(int smtpPort, int connections, int shards, String signature) {
      this(smtpPort, connections, shards, signature, Recording.NoLinks);
    }
  }

  /** What mails link to beside the unsubscribe page, and whether opens and clicks are recorded. */
  enum Recording {
    NoLinks,
    /** Ten links, of which two have values of the recipient in their addresses. */
    Links,
    /** The same, recorded. */
    RecordedLinks
  }

  private static String links(Recording recording) {
    if (recording == Recording.NoLinks) {
      return "";
    }
    StringBuilder links = new StringBuilder("<p>");
    for (int i = 0; i < 10; i++) {
      links
          .append("<a href=\"https://shop.example/sale/")
          .append(i)
          .append(i % 5 == 0 ? "?coupon={{profile.coupon}}" : "?utm_source=mail")
          .append("\">Offer ")
          .append(i)
          .append("</a> ");
    }
    return links.append("</p>").toString();
  }

  static DeliveryFolder write(Path folder, EmbeddedDatabase database, Setting setting)
      throws IOException, NoSuchAlgorithmException {
    Files.createDirectories(folder);
    String manifests = manifests(database, setting);
    Files.writeString(folder.resolve("campaign.yaml"), manifests);
    ResourceSet resources =
        ResourceSet.builder().add(ResourceParser.parse("campaign.yaml", manifests)).build();
    RunPlans plans = new PlanCompiler(resources).run("letter");
    if (plans.diagnostics().stream().anyMatch(Diagnostic::isError)) {
      throw new IllegalStateException("The benchmark's campaign is wrong: " + plans.diagnostics());
    }
    Path plan = Files.createDirectories(folder.resolve("plan"));
    for (Map.Entry<String, byte[]> file :
        PlanFiles.of(plans.campaign(), List.of()).files().entrySet()) {
      Files.write(plan.resolve(file.getKey()), file.getValue());
    }
    secret(folder, "db", "username", database.username());
    secret(folder, "db", "password", database.password());
    secret(folder, "links", "key", "a-key-of-thirty-two-characters-ok");
    return new DeliveryFolder(folder);
  }

  private static void secret(Path folder, String name, String key, String value)
      throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("secrets").resolve(name)).resolve(key), value);
  }

  Path path() {
    return folder;
  }

  /** The customers that the first run reads. */
  void customers(long people) throws IOException {
    try (Writer csv = Files.newBufferedWriter(folder.resolve("customers.csv"))) {
      csv.write(
          "customer_id,email,first_name,last_name,city,street,product,coupon,tier,points,shop,agent\n");
      for (long i = 0; i < people; i++) {
        csv.write(
            "C%d,customer.%d@d%d.example,Ada%d,Lovelace%d,Graz,Long Street %d,Kettle %d,SAVE-%d,gold,%d,Main shop,Bob%d\n"
                .formatted(i, i, i % 5000, i % 1000, i % 777, i % 99, i % 50, i, i % 9000, i % 30));
      }
    }
  }

  private static String manifests(EmbeddedDatabase database, Setting setting)
      throws IOException, NoSuchAlgorithmException {
    try (InputStream in = DeliveryFolder.class.getResourceAsStream("delivery.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${databasePort}", String.valueOf(database.port()))
          .replace("${database}", database.database())
          .replace("${username}", database.username())
          .replace("${password}", database.password())
          .replace("${smtpPort}", String.valueOf(setting.smtpPort()))
          .replace("${connections}", String.valueOf(setting.connections()))
          .replace("${shards}", String.valueOf(setting.shards()))
          .replace("${paragraphs}", CampaignFolder.paragraphs(PARAGRAPHS))
          .replace("${links}", links(setting.recording()))
          .replace(
              "${tracking}",
              setting.recording() == Recording.RecordedLinks
                  ? "opens: true, clicks: true, consentTopic: opens"
                  : "")
          .replace("${dkimKey}", key(setting.signature() == null ? "Ed25519" : setting.signature()))
          .replace(
              "${dkim}",
              setting.signature() == null
                  ? ""
                  : "dkim: [{domain: shop.example, selector: s1,"
                      + " privateKeySecretRef: {name: dkim, key: tls.key}}]");
    }
  }

  private static String key(String algorithm) throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    return Pem.privateKey(generator.generateKeyPair().getPrivate()).indent(4);
  }
}
