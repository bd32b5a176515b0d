package dev.lettershop.playground.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.playground.api.ResourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Resources of one kind as the table that {@code kubectl get} prints. */
public final class ResourceTable {
  private final ResourceKind kind;
  private final boolean withKind;
  private final boolean named;
  private final List<Column> columns;

  /**
   * @param wide with the columns that answer the second question
   * @param withKind write names as {@code campaign.lettershop.dev/autumn-sale}
   */
  public ResourceTable(ResourceKind kind, boolean wide, boolean withKind) {
    this.kind = kind;
    this.withKind = withKind;
    this.named = !kind.kind().equals("Event");
    this.columns = Columns.of(kind).stream().filter(column -> wide || !column.wide()).toList();
  }

  /** The heading and a line for each resource, by name; events by time, the newest last. */
  public List<String> of(List<JsonNode> resources, Instant now) {
    TextTable table = new TextTable(headings());
    resources.stream()
        .sorted(
            named ? Comparator.comparing(ResourceTable::name) : Comparator.comparing(this::time))
        .forEach(resource -> table.row(cells(resource, now)));
    return table.lines();
  }

  private List<String> headings() {
    List<String> headings = new ArrayList<>();
    if (named) {
      headings.add("NAME");
    }
    columns.forEach(column -> headings.add(column.heading()));
    return headings;
  }

  private List<String> cells(JsonNode resource, Instant now) {
    List<String> cells = new ArrayList<>();
    if (named) {
      cells.add(withKind ? kind.qualified(name(resource)) : name(resource));
    }
    columns.forEach(column -> cells.add(oneLine(column.cell().of(resource, now))));
    return cells;
  }

  /** What is written by people may hold anything; a terminal obeys control characters. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static String name(JsonNode resource) {
    return resource.at("/metadata/name").asText();
  }

  private String time(JsonNode event) {
    String last = event.path("lastTimestamp").asText("");
    return last.isEmpty() ? event.at("/metadata/creationTimestamp").asText() : last;
  }
}
