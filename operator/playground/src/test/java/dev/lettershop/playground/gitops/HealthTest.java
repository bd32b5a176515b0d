package dev.lettershop.playground.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.SimpleType;
import dev.lettershop.playground.chart.GeneratedFile;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The health checks for Argo CD (Lua) and Flux (CEL), run on statuses. */
class HealthTest {
  private static final Path GITOPS = Repository.ROOT.resolve("samples/gitops");
  private static final Path LUA = GITOPS.resolve("argocd/health.lua");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ready True Scheduled | 3 | Healthy | Scheduled: it says so",
        "Ready True Suspended | 3 | Suspended | Suspended: it says so",
        "Ready False ReferenceNotFound | 3 | Progressing | ReferenceNotFound: it says so",
        "Ready False Invalid; Stalled True Invalid | 3 | Degraded | Invalid: it says so",
        "Ready True Scheduled; LastRunSucceeded False Failed | 3 | Healthy | Scheduled: it says so",
        "Ready True Scheduled | 2 | Progressing | The controller has not seen this generation yet",
        "Ready True Scheduled | -1 | Progressing | The controller has not seen this generation yet",
        "Succeeded Unknown Sending | 3 | Progressing | Sending: it says so",
        "Succeeded True DryRun | 3 | Healthy | DryRun: it says so",
        "Succeeded False Failed | 3 | Degraded | Failed: it says so"
      })
  void argoCdShowsTheHealthThatTheConditionsMean(
      String conditions, long observed, String status, String message) throws IOException {
    LuaTable health = lua(resource(conditions, observed));

    assertThat(health.get("status").tojstring()).isEqualTo(status);
    assertThat(health.get("message").tojstring()).isEqualTo(message);
  }

  @Test
  void aResourceThatNobodyHasSeenIsNotHealthyYet() throws IOException {
    assertThat(lua(JSON.readTree("{\"metadata\": {\"generation\": 1}}")).get("status").tojstring())
        .isEqualTo("Progressing");
  }

  @Test
  @Tag("generated")
  void theConfigMapOfArgoCdHoldsTheSnippetForEveryKind() throws IOException {
    String snippet =
        Files.readAllLines(LUA).stream()
            .map(line -> "    " + line + "\n")
            .collect(Collectors.joining());
    StringBuilder patch =
        new StringBuilder(
            "# Made from health.lua: kubectl patch configmap argocd-cm -n argocd"
                + " --patch-file samples/gitops/argocd/health.yaml\ndata:\n");
    for (Path crd : Repository.crds()) {
      String kind =
          Repository.documents(Files.readString(crd)).get(0).at("/spec/names/kind").asText();
      patch
          .append("  resource.customizations.health.lettershop.dev_")
          .append(kind)
          .append(": |\n")
          .append(snippet);
    }

    String text = patch.toString();
    GeneratedFile.check(GITOPS.resolve("argocd/health.yaml"), text);
    assertThat(Repository.documents(text).get(0).get("data")).hasSize(Repository.crds().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Succeeded True Succeeded | 3 | current",
        "Succeeded False Failed | 3 | failed",
        "Succeeded Unknown Sending | 3 | inProgress",
        "Succeeded Unknown Pending | -1 | inProgress"
      })
  void fluxTellsRunsApart(String conditions, long observed, String expected) throws Exception {
    JsonNode check =
        Repository.documents(Files.readString(GITOPS.resolve("flux/campaigns.yaml")))
            .get(1)
            .at("/spec/healthCheckExprs/0");

    for (String state : new String[] {"current", "failed", "inProgress"}) {
      assertThat(cel(check.get(state).asText(), resource(conditions, observed)))
          .as(state + ": " + check.get(state).asText())
          .isEqualTo(state.equals(expected));
    }
  }

  private static JsonNode resource(String conditions, long observed) throws IOException {
    StringBuilder list = new StringBuilder();
    for (String condition : conditions.split("; ")) {
      String[] words = condition.split(" ");
      list.append(list.isEmpty() ? "" : ",")
          .append(
              "{\"type\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\", \"message\": \"it says so\"}"
                  .formatted((Object[]) words));
    }
    return JSON.readTree(
        "{\"metadata\": {\"generation\": 3}, \"status\": {\"observedGeneration\": %d, \"conditions\": [%s]}}"
            .formatted(observed, list));
  }

  private static LuaTable lua(JsonNode resource) throws IOException {
    Globals globals = JsePlatform.standardGlobals();
    globals.set("obj", value(resource));
    return globals.load(Files.readString(LUA), "health.lua").call().checktable();
  }

  private static LuaValue value(JsonNode node) {
    if (node.isObject()) {
      LuaTable table = new LuaTable();
      node.fields().forEachRemaining(f -> table.set(f.getKey(), value(f.getValue())));
      return table;
    }
    if (node.isArray()) {
      LuaTable table = new LuaTable();
      for (int i = 0; i < node.size(); i++) {
        table.set(i + 1, value(node.get(i)));
      }
      return table;
    }
    return node.isNumber() ? LuaValue.valueOf(node.asDouble()) : LuaValue.valueOf(node.asText());
  }

  @SuppressWarnings("unchecked")
  private static Object cel(String expression, JsonNode resource) throws Exception {
    Cel cel =
        CelFactory.standardCelBuilder()
            .addVar("status", SimpleType.DYN)
            .addVar("metadata", SimpleType.DYN)
            .setStandardMacros(dev.cel.parser.CelStandardMacro.STANDARD_MACROS)
            .build();
    Map<String, Object> values = JSON.convertValue(resource, Map.class);
    return cel.createProgram(cel.compile(expression).getAst()).eval(integers(values));
  }

  /** CEL's whole numbers are long. */
  private static Map<String, Object> integers(Map<String, Object> map) {
    return map.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> integers(entry.getValue())));
  }

  @SuppressWarnings("unchecked")
  private static Object integers(Object value) {
    return value instanceof Map<?, ?> map
        ? integers((Map<String, Object>) map)
        : value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
