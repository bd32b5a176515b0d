package dev.lettershop.source.read;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A CSV record as a map, without a map of its own: all rows of a file share the columns' index. */
final class CsvRow extends AbstractMap<String, Object> {
  private final Map<String, Integer> index;
  private final List<String> fields;

  /**
   * @param index position by column name, in the order of the columns
   */
  CsvRow(Map<String, Integer> index, List<String> fields) {
    this.index = index;
    this.fields = fields;
  }

  @Override
  public Object get(Object column) {
    Integer position = index.get(column);
    return position == null ? null : fields.get(position);
  }

  @Override
  public boolean containsKey(Object column) {
    return index.containsKey(column);
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        Iterator<Entry<String, Integer>> columns = index.entrySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return columns.hasNext();
          }

          @Override
          public Entry<String, Object> next() {
            Entry<String, Integer> column = columns.next();
            return new SimpleImmutableEntry<>(column.getKey(), fields.get(column.getValue()));
          }
        };
      }

      @Override
      public int size() {
        return index.size();
      }
    };
  }

  /** Shows the columns, not what they hold: that may be personal. */
  @Override
  public String toString() {
    return "CsvRow" + index.keySet();
  }
}
