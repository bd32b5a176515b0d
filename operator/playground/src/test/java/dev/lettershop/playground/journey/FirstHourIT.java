package dev.lettershop.playground.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.playground.embedded.FreePorts;
import dev.lettershop.playground.packaged.PackagedLettershop;
import dev.lettershop.playground.packaged.PackagedLettershop.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an export of a shop to mails in an inbox, without an edit by hand. */
class FirstHourIT {
  @TempDir private Path folder;

  @Test
  void an_export_becomes_mails_in_an_inbox() throws Exception {
    PackagedLettershop lettershop = new PackagedLettershop(folder);
    Path export =
        Files.writeString(
            folder.resolve("customers_export.csv"),
            """
            Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags
            '7001,Ada,Lovelace,ada@example.com,yes,,1 Example Street,Boston,MA,US,02134,,,no,120.50,3,,no,"vip, local"
            '7002,Bob,Builder,bob@example.com,no,,2 Example Street,Rome,RM,IT,00184,,,no,0.00,0,,no,
            '7003,Cy,Young,cy@example.com,yes,,3 Example Street,Rome,RM,IT,00184,,,no,0.00,0,,no,
            """);
    String shop = folder.resolve("my-shop").toString();

    Result init = lettershop.run("init", export.toString(), "--out", shop);
    assertThat(init.exitCode()).as(init.err()).isZero();
    Result lint = lettershop.run("lint", "-f", shop, "--warnings-as-errors");
    assertThat(lint.exitCode()).as(lint.out()).isZero();
    Result preview = lettershop.run("preview", "-f", shop, "--out", shop + "/preview");
    assertThat(preview.exitCode()).as(preview.err()).isZero();
    assertThat(Path.of(shop, "preview", "index.html")).exists();

    FreePorts.write(Path.of(shop));
    Result run = lettershop.run("run", "-f", shop, "campaign/first-mail", "--embedded");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("2 mails arrived", "inbox/index.html");
    Path inbox = Path.of(shop, ".lettershop", "local", "inbox");
    assertThat(inbox.resolve("index.html")).exists();
    String mails = "";
    try (Stream<Path> files = Files.list(inbox.resolve("mails"))) {
      List<Path> all = files.sorted().toList();
      assertThat(all).hasSize(2);
      for (Path mail : all) {
        mails += Files.readString(mail);
      }
    }
    assertThat(mails)
        .contains("Hello Ada,", "Thank you for shopping with us.")
        .contains("Hello Cy,", "This is the first mail")
        .doesNotContain("bob@example.com");

    // What was sent is known at the next call: nobody gets it twice.
    Result again = lettershop.run("run", "-f", shop, "campaign/first-mail", "--embedded");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("nothing was sent", "0 mails arrived");

    // What else asks the store finds the same people.
    Result exact =
        PackagedLettershop.here("explain", "-f", shop, "segment/buyers", "--exact", "--embedded");
    assertThat(exact.out()).as(exact.err()).contains("1 of 3 profiles, exactly");
    Path before = Files.createDirectory(folder.resolve("before"));
    for (String part : List.of("profile-store", "segments", "template", "transport", "campaign")) {
      Files.copy(Path.of(shop, part + ".yaml"), before.resolve(part + ".yaml"));
    }
    Path template = Path.of(shop, "template.yaml");
    Files.writeString(template, Files.readString(template).replace("Hello ", "Dear "));
    Result diff =
        PackagedLettershop.here(
            "diff", "-f", shop, "--base", before.toString(), "--audiences", "--embedded");
    assertThat(diff.exitCode()).as(diff.err()).isZero();
    assertThat(diff.out())
        .contains("changed    campaign/first-mail", "audience: 3 in its segments, was 3")
        .containsPattern("(?m)^ +[+] .*Dear ");
    Result runs = PackagedLettershop.here("run", "list", "-f", shop, "--embedded");
    assertThat(runs.out()).contains("first-mail", "Completed");
  }
}
