package dev.lettershop.source.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.lettershop.profile.PlainText;
import dev.lettershop.source.connect.ExactNumber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object per line. Numbers are as {@link ExactNumber} has them, null is an absent
 * key, and names are in one form as those of columns. A line that is not a JSON object costs that
 * line only.
 */
public final class NdJsonReader implements RecordReader {
  private static final int MAX_DEPTH = 64;

  private final LineReader lines;
  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  public NdJsonReader(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public List<String> columns() {
    return null;
  }

  @Override
  public SourceRecord next() throws IOException {
    Line line = lines.next();
    while (line instanceof Line.Text text && PlainText.isBlank(text.text())) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    if (line instanceof Line.Unreadable unreadable) {
      return new SourceRecord.Broken(unreadable.number(), unreadable.reason(), null);
    }
    return record((Line.Text) line);
  }

  private SourceRecord record(Line.Text line) throws IOException {
    try (JsonParser parser = json.createParser(PlainText.of(line.text()))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new SourceRecord.Broken(line.number(), "is not a JSON object", line.text());
      }
      Map<String, Object> fields = object(parser);
      if (parser.nextToken() != null) {
        return new SourceRecord.Broken(
            line.number(), "has something behind the JSON object", line.text());
      }
      return new SourceRecord.Fields(line.number(), fields, line.text());
    } catch (JsonProcessingException broken) {
      // The parser's own message quotes the input.
      int column = broken.getLocation() == null ? 0 : broken.getLocation().getColumnNr();
      String place = column > 0 ? " near column " + column : "";
      return new SourceRecord.Broken(line.number(), "is not valid JSON" + place, line.text());
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = PlainText.line(parser.currentName());
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getText()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> ExactNumber.decimal(parser.getText());
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> null;
    };
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
