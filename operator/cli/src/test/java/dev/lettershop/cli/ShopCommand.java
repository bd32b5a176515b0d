package dev.lettershop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Calls commands as people do, on the resources of a shop. */
public final class ShopCommand {
  private final TestShop shop;
  private final Path folder;

  /**
   * @param folder for the resources, as they are at each call
   */
  public ShopCommand(TestShop shop, Path folder) {
    this.shop = shop;
    this.folder = folder;
  }

  public record Result(int exitCode, String out, String err) {
    public JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  public Result call(String... words) throws IOException {
    Path manifests =
        Files.writeString(folder.resolve("shop-of-people.yaml"), shop.manifestsWithSecret());
    List<String> all = new ArrayList<>(List.of(words));
    all.add("-f");
    all.add(manifests.toString());
    return withoutResources(all.toArray(String[]::new));
  }

  public static Result withoutResources(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        LettershopCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(words);
    return new Result(code, out.toString(), err.toString());
  }
}
