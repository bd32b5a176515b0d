package dev.lettershop.worker.report;

import dev.lettershop.insight.report.Report;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlannedLinks;
import dev.lettershop.template.value.RenderException;
import dev.lettershop.worker.preview.Previewer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;

/**
 * Draws the mails of a run, as somebody gets them of whom nothing is known, with how many people
 * followed each link. Nothing in it is loaded from elsewhere, runs, or leads anywhere.
 */
final class MailMiniature {
  private static final String MARK = "https://link.invalid/";
  private static final String EMPTY_IMAGE =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";
  private static final String STYLE =
      "img{background:#d9dde1}a{text-decoration:inherit;cursor:default}"
          + ".ls{all:initial;display:inline-block;margin:0 4px;padding:1px 9px;border-radius:14px;"
          + "background:#0b6b5d;color:#fff;font:700 22px/1.3 sans-serif;vertical-align:middle}"
          + ".ls0{background:#59616a}";

  private final Plan plan;
  private final Instant moment;

  /**
   * @param moment for which rules and dates are answered
   */
  MailMiniature(Plan plan, Instant moment) {
    this.plan = plan;
    this.moment = moment;
  }

  /** One for each template that the run sends; without those that cannot be filled in. */
  List<Miniature> all(Report report) {
    Map<Integer, Report.Link> links =
        report.links().rows().stream()
            .collect(Collectors.toMap(Report.Link::number, Function.identity()));
    TreeSet<String> templates = new TreeSet<>();
    plan.variants().forEach(variant -> templates.add(variant.template()));
    if (templates.isEmpty()) {
      templates.add(plan.template());
    }
    List<Miniature> drawn = new ArrayList<>();
    for (String template : templates) {
      html(template).ifPresent(html -> drawn.add(new Miniature(template, marked(html, links))));
    }
    return drawn;
  }

  private Optional<String> html(String template) {
    PlannedLinks planned = PlannedLinks.of(plan);
    try {
      return Optional.of(
          new Previewer(moment)
              .marked(
                  plan,
                  template,
                  (link, content) -> {
                    int number = planned.number(template, link, content);
                    return number < 0 ? null : MARK + number;
                  }));
    } catch (RenderException e) {
      // Filled in for somebody of whom nothing is known, a mail may exceed a bound that holds else.
      return Optional.empty();
    }
  }

  private static String marked(String html, Map<Integer, Report.Link> links) {
    Document mail = Jsoup.parse(html);
    mail.outputSettings().prettyPrint(false);
    mail.select("script, link, meta, base, object, embed, iframe, form, title").remove();
    mail.getAllElements().forEach(MailMiniature::disarm);
    mail.filter(
        (Node node, int depth) ->
            node instanceof Comment
                ? NodeFilter.FilterResult.REMOVE
                : NodeFilter.FilterResult.CONTINUE);
    for (Element link : mail.select("a[href], area[href]")) {
      String target = link.attr("href");
      link.removeAttr("href");
      if (target.startsWith(MARK)) {
        Report.Link figures = links.get(Integer.valueOf(target.substring(MARK.length())));
        if (figures != null) {
          link.appendElement("b")
              .addClass(figures.followed().count() == 0 ? "ls ls0" : "ls")
              .text(figures.followed().percent());
        }
      }
    }
    mail.head().appendElement("style").appendText(STYLE);
    return mail.outerHtml();
  }

  private static void disarm(Element element) {
    List<String> names =
        element.attributes().asList().stream().map(attribute -> attribute.getKey()).toList();
    for (String name : names) {
      boolean loads = name.equals("src") || name.equals("srcset") || name.equals("background");
      if (name.startsWith("on") || loads || name.equals("name") || name.equals("id")) {
        element.removeAttr(name);
      }
    }
    if (element.normalName().equals("img")) {
      element.attr("src", EMPTY_IMAGE);
    }
    if (element.hasAttr("style")) {
      element.attr("style", element.attr("style").replaceAll("(?i)url\\([^)]*\\)", "none"));
    }
    if (element.normalName().equals("style")) {
      String css =
          element
              .data()
              .replaceAll("(?i)@import[^;]*;", "")
              .replaceAll("(?i)url\\([^)]*\\)", "none");
      element.empty().appendText("");
      element.empty().appendChild(new org.jsoup.nodes.DataNode(css));
    }
  }
}
