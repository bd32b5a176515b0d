package dev.lettershop.template.liquid;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import liqp.RenderTransformer.ObjectAppender;
import liqp.TemplateContext;
import liqp.blocks.Block;
import liqp.nodes.LNode;

/**
 * {@code {% tablerow %}}: sets cells into rows. The cells are elements of the template, so that
 * styles reach them; the rows are made here. In text, a row is a line.
 */
final class LiquidTableRow extends Block {
  private final boolean html;

  LiquidTableRow(boolean html) {
    super("tablerow");
    this.html = html;
  }

  @Override
  public Object render(TemplateContext context, LNode... nodes) {
    String variable = asString(nodes[0].render(context), context);
    List<Object> all = List.of(asArray(nodes[1].render(context), context));
    Map<String, Integer> attributes = attributes(context, nodes);
    int from = Math.min(all.size(), Math.max(0, attributes.getOrDefault("offset", 0)));
    int limit = Math.max(0, attributes.getOrDefault("limit", Integer.MAX_VALUE));
    List<Object> items = all.subList(from, (int) Math.min(all.size(), (long) from + limit));
    int columns = Math.max(1, attributes.getOrDefault("cols", items.size()));
    ObjectAppender.Controller out = context.newObjectAppender(items.size() * 4 + 1);
    TemplateContext inside = context.newChildContext();
    for (int i = 0; i < items.size(); i++) {
      context.incrementIterations();
      boolean first = i % columns == 0;
      boolean last = i % columns == columns - 1 || i == items.size() - 1;
      inside.put(variable, items.get(i));
      inside.put(LiquidScope.TABLE, loop(i, items.size(), columns, last));
      if (html && first) {
        out.append("<tr class=\"row" + (i / columns + 1) + "\">");
      }
      out.append(nodes[2].render(inside));
      out.append(html ? last ? "</tr>" : "" : last ? "\n" : " | ");
    }
    return out.getResult();
  }

  private Map<String, Integer> attributes(TemplateContext context, LNode... nodes) {
    Map<String, Integer> attributes = new HashMap<>();
    for (int i = 3; i < nodes.length; i++) {
      Object[] attribute = asArray(nodes[i].render(context), context);
      attributes.put(asString(attribute[0], context), asNumber(attribute[1]).intValue());
    }
    return attributes;
  }

  private static Map<String, Object> loop(int i, int length, int columns, boolean last) {
    Map<String, Object> loop = new HashMap<>();
    loop.put("index", i + 1L);
    loop.put("index0", (long) i);
    loop.put("rindex", (long) length - i);
    loop.put("rindex0", length - i - 1L);
    loop.put("first", i == 0);
    loop.put("last", i == length - 1);
    loop.put("length", (long) length);
    loop.put("col", i % columns + 1L);
    loop.put("col0", (long) (i % columns));
    loop.put("col_first", i % columns == 0);
    loop.put("col_last", last);
    loop.put("row", i / columns + 1L);
    return loop;
  }
}
