package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.template.html.BodyKind;
import dev.lettershop.template.html.HtmlPreparation;
import dev.lettershop.template.html.PreparedHtml;
import dev.lettershop.template.html.check.SubjectCheck;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.link.LinkMarking;
import dev.lettershop.template.link.LinkTable;
import dev.lettershop.template.link.SlotLinks;
import dev.lettershop.template.model.FieldSource;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.HtmlCheck;
import dev.lettershop.template.place.HtmlPlaces;
import dev.lettershop.template.place.Preheader;
import dev.lettershop.template.text.TextAlternative;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes a checked template into what is rendered per recipient. */
final class TemplateAssembly {
  private final CheckedTemplate checked;
  private final Language language;
  private final Collection<FieldProblem> problems;

  /** Languages that share a body share the work. */
  private final Map<String, Body> prepared = new HashMap<>();

  private final TemplateCompiler.Recording recording;
  private final LinkTable links = new LinkTable();

  private boolean failed;

  /**
   * @param recording what is recorded of those who get the mail
   * @param problems takes what is found
   */
  TemplateAssembly(
      CheckedTemplate checked,
      TemplateCompiler.Recording recording,
      Collection<FieldProblem> problems) {
    this.checked = checked;
    this.recording = recording;
    this.language = Languages.of(checked.engine());
    this.problems = problems;
  }

  private record Sources(String subject, String html, String text) {}

  /**
   * @param marking what has marked the links; null when they are not recorded
   */
  private record Body(List<Token> tokens, LinkMarking marking) {}

  /**
   * Null when an error was found.
   *
   * @param locale what the template says about its own language, or null
   */
  CompiledTemplate assemble(String locale) {
    Map<String, Sources> sources = new LinkedHashMap<>();
    checked.texts().forEach((tag, texts) -> sources.put(tag, sources(texts)));
    if (failed) {
      return null;
    }
    Sources own = sources.remove("");
    Map<String, CompiledTemplate.Translation> translations = new TreeMap<>();
    sources.forEach(
        (tag, other) ->
            translations.put(
                tag,
                new CompiledTemplate.Translation(
                    unlessSame(other.subject(), own.subject()),
                    unlessSame(other.html(), own.html()),
                    unlessSame(other.text(), own.text()),
                    checked.texts().get(tag).version().defaults(),
                    checked.texts().get(tag).version().slots())));
    Map<String, String> slotDefaults = new TreeMap<>();
    Map<String, SlotType> slotTypes = new TreeMap<>();
    checked
        .slots()
        .forEach(
            (name, slot) -> {
              if (slot.defaultValue() != null) {
                slotDefaults.put(name, slot.defaultValue());
              }
              if (slot.type() != SlotType.Text) {
                slotTypes.put(name, slot.type());
              }
            });
    return new CompiledTemplate(
        checked.engine(),
        locale == null ? null : LocaleChain.canonical(locale),
        own.subject(),
        own.html(),
        own.text(),
        checked.defaults(),
        slotDefaults,
        slotTypes,
        events(),
        translations,
        links.links());
  }

  private static String unlessSame(String translated, String own) {
    return translated.equals(own) ? null : translated;
  }

  /** Properties that the template asks for, by event. */
  private Map<String, List<String>> events() {
    Map<String, TreeSet<String>> asked = new TreeMap<>();
    checked.texts().values().stream()
        .flatMap(texts -> texts.all().stream())
        .flatMap(List::stream)
        .flatMap(token -> token.uses().stream())
        .map(Token.Use::path)
        .filter(path -> path.startsWith(Names.EVENTS + "."))
        .map(path -> path.split("\\."))
        .forEach(
            path -> {
              TreeSet<String> properties = asked.computeIfAbsent(path[1], event -> new TreeSet<>());
              if (path.length > 2) {
                properties.add(path[2]);
              }
            });
    Map<String, List<String>> events = new TreeMap<>();
    asked.forEach((event, properties) -> events.put(event, List.copyOf(properties)));
    return events;
  }

  private Sources sources(CheckedTexts texts) {
    SubjectCheck.subject(literal(texts.subject()))
        .forEach(problem -> fail(texts.version().subject(), problem));
    SubjectCheck.preheader(literal(texts.preheader()))
        .forEach(problem -> fail(texts.version().preheader(), problem));
    Body body = prepare(texts);
    List<Token> html = body.tokens();
    List<Token> text =
        texts.text().isPresent()
            ? forRendering(texts.text().get(), TemplateField.Text)
            : TextAlternative.of(html, HtmlPlaces.of(html));
    if (texts.text().isPresent() && body.marking() != null) {
      text = body.marking().text(text);
    }
    Position apart = firstApart(text);
    if (apart != null) {
      fail(
          texts.text().isEmpty() ? texts.version().body() : texts.version().text(),
          Problem.error(
              apart,
              "no text alternative can be made: a section here begins inside one element and"
                  + " ends inside another",
              "put the section around whole elements, or write spec.text"));
    }
    List<Token> preheader = forRendering(texts.preheader(), TemplateField.Preheader);
    if (!preheader.isEmpty()) {
      html = Preheader.insert(preheader, html, HtmlPlaces.of(html));
    }
    if (recording.opens()) {
      html = LinkMarking.withImage(html);
    }
    if (failed) {
      return new Sources("", "", "");
    }
    return new Sources(
        language.compiled(forRendering(texts.subject(), TemplateField.Subject), false),
        language.compiled(html, true),
        language.compiled(text, false));
  }

  private static String literal(List<Token> tokens) {
    return tokens.stream()
        .filter(Token.Literal.class::isInstance)
        .map(token -> ((Token.Literal) token).text())
        .collect(Collectors.joining());
  }

  private List<Token> forRendering(List<Token> tokens, TemplateField field) {
    String source = ExpandedSource.of(tokens, language, field.isHtml()).text();
    return language.read(source, field, checked.names(), Language.Purpose.Rendering).tokens();
  }

  /** The body as HTML for mail programs, each value in the form for its place. */
  private Body prepare(CheckedTexts texts) {
    FieldSource body = texts.version().body();
    ExpandedSource expanded = ExpandedSource.of(texts.body(), language, true);
    Body known = prepared.get(expanded.text());
    if (known != null) {
      return known;
    }
    PreparedHtml html =
        HtmlPreparation.prepare(
            expanded.text(), texts.isMjml() ? BodyKind.Mjml : BodyKind.Html, language.syntax());
    html.problems().stream()
        .map(p -> p.movedTo(p.position() == null ? null : expanded.author(p.position())))
        .forEach(problem -> fail(body, problem));
    Scan scan =
        language.read(html.html(), TemplateField.Html, checked.names(), Language.Purpose.Rendering);
    Scan encoded = HtmlCheck.check(scan.tokens(), HtmlPlaces.of(scan.tokens()));
    // Warnings were given about what the author wrote.
    List.of(scan, encoded).stream()
        .flatMap(s -> s.problems().stream())
        .filter(Problem::isError)
        .map(p -> new Problem(p.severity(), author(expanded, scan, p), p.message(), p.fix()))
        .forEach(problem -> fail(body, problem));
    List<Token> tokens = encoded.tokens().stream().map(token -> at(expanded, token)).toList();
    Body whole = recording.clicks() ? marked(body, tokens) : new Body(tokens, null);
    prepared.put(expanded.text(), whole);
    return whole;
  }

  private Body marked(FieldSource body, List<Token> tokens) {
    LinkMarking marking =
        new LinkMarking(links, slots(Set.of(SlotType.Text, SlotType.Url)), shownAsHtml());
    List<Token> marked = marking.html(tokens);
    marking.problems().forEach(problem -> fail(body, problem));
    if (links.links().size() > LinkTable.MOST) {
      fail(
          body,
          Problem.error(
              null,
              "there are more than " + LinkTable.MOST + " links",
              "show fewer, or write rel=\"direct\" into some"));
    }
    return new Body(marked, marking);
  }

  private Set<String> slots(Set<SlotType> types) {
    return checked.slots().entrySet().stream()
        .filter(slot -> types.contains(slot.getValue().type()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Slots with HTML that stand in bodies and texts as they are, and nowhere else. */
  private Set<String> shownAsHtml() {
    Set<String> slots = slots(Set.of(SlotType.Html));
    slots.removeIf(
        slot ->
            checked.texts().values().stream()
                .anyMatch(
                    texts ->
                        SlotLinks.isUsed(texts.subject(), slot)
                            || SlotLinks.isUsed(texts.preheader(), slot)
                            || texts.all().stream()
                                .anyMatch(part -> SlotLinks.isChanged(part, slot))));
    return slots;
  }

  private static Position author(ExpandedSource expanded, Scan scan, Problem problem) {
    return scan.tokens().stream()
        .filter(token -> !(token instanceof Token.Literal))
        .filter(token -> Objects.equals(token.position(), problem.position()))
        .map(expanded::author)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Token at(ExpandedSource expanded, Token token) {
    Position position = token instanceof Token.Literal ? null : expanded.author(token);
    return position == null ? token : token.movedTo(position);
  }

  private void fail(FieldSource field, Problem problem) {
    problems.add(new FieldProblem(field.path(), problem));
    failed |= problem.isError();
  }

  /** The tag of a section that came apart, or null when all sections are whole. */
  private static Position firstApart(List<Token> tokens) {
    Deque<Token.Open> open = new ArrayDeque<>();
    for (Token token : tokens) {
      if (token instanceof Token.Open section) {
        open.push(section);
      } else if (token instanceof Token.Middle middle
          && (open.isEmpty() || !open.peek().block().equals(middle.block()))) {
        return middle.position();
      } else if (token instanceof Token.Close end
          && (open.isEmpty() || !open.pop().block().equals(end.block()))) {
        return end.position();
      }
    }
    return open.isEmpty() ? null : open.peek().position();
  }
}
