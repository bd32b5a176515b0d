package dev.lettershop.template.mustache;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.Meaning;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.model.Token.Use;
import dev.lettershop.template.model.TokenVisitor;
import dev.lettershop.template.value.ValueCheck;
import dev.lettershop.template.value.ValueFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads one field of Mustache: resolves its names and gives the tokens back with full names. */
final class MustacheReader {
  private final Names names;
  private final TemplateField field;
  private final Scopes scopes;
  private final Deque<Meaning> sections = new ArrayDeque<>();
  private final List<Token> read = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final ValueCheck check;

  private MustacheReader(Names names, TemplateField field) {
    this.names = names;
    this.field = field;
    this.scopes = new Scopes(names);
    this.check = new ValueCheck(names, field, problems);
  }

  static Scan read(String source, TemplateField field, Names names) {
    Scan scan = MustacheScanner.scan(source);
    MustacheReader reader = new MustacheReader(names, field);
    reader.problems.addAll(scan.problems());
    reader.tokens(scan.tokens());
    return new Scan(List.copyOf(reader.read), List.copyOf(reader.problems));
  }

  private void tokens(List<Token> tokens) {
    int at = 0;
    while (at < tokens.size()) {
      at = tokens.get(at).accept(new Step(tokens, at));
    }
  }

  /** Reads the token at {@code at} and says where the next one is. */
  private final class Step implements TokenVisitor<Integer> {
    private final List<Token> tokens;
    private final int at;

    Step(List<Token> tokens, int at) {
      this.tokens = tokens;
      this.at = at;
    }

    @Override
    public Integer literal(Token.Literal token) {
      return kept(token);
    }

    @Override
    public Integer value(Token.Value token) {
      MustacheReader.this.value(token);
      return at + 1;
    }

    @Override
    public Integer open(Token.Open token) {
      if (format(token) == null) {
        MustacheReader.this.open(token);
        return at + 1;
      }
      int end = MustacheFormats.end(tokens, at);
      formatted(format(token), token, tokens.subList(at + 1, end));
      return end + 1;
    }

    @Override
    public Integer middle(Token.Middle token) {
      return kept(token);
    }

    @Override
    public Integer close(Token.Close token) {
      scopes.leave();
      read.add(new Token.Close(sections.pop().path(), token.position()));
      return at + 1;
    }

    @Override
    public Integer statement(Token.Statement token) {
      return kept(token);
    }

    @Override
    public Integer partial(Token.Partial token) {
      return check.isPartial(token.name(), token.position()) ? kept(token) : at + 1;
    }

    private int kept(Token token) {
      read.add(token);
      return at + 1;
    }
  }

  private void open(Token.Open open) {
    Meaning meaning = known(open.block(), open.position());
    boolean inverted = open.isInverted();
    sections.push(meaning);
    // What stands in an inverted section is not inside the value: there is none.
    scopes.enter(inverted ? new Meaning.Unknown(open.block(), "", null) : meaning);
    read.add(
        new Token.Open(
            meaning.path(),
            (inverted ? "^" : "#") + meaning.path(),
            List.of(new Use(meaning.origin(), true)),
            open.position()));
  }

  private void value(Token.Value value) {
    Meaning meaning = known(value.code(), value.position());
    check.isShowable(meaning, value.position());
    if (value.form() == Token.Form.Unescaped) {
      check.unescaped(meaning, meaning.path(), "{{" + meaning.path() + "}}", value.position());
    }
    read.add(
        new Token.Value(
            meaning.path(),
            value.form(),
            List.of(use(meaning, value.position())),
            value.position()));
  }

  private Use use(Meaning meaning, Position position) {
    String path = meaning.origin();
    boolean asked = sections.stream().anyMatch(section -> section.origin().equals(path));
    if (!asked && meaning instanceof Meaning.One) {
      check.withoutDefault(path, "{{#" + path + "}}", position);
    }
    return new Use(path, asked);
  }

  private Meaning known(String name, Position position) {
    Meaning meaning = scopes.resolve(name);
    if (check.isKnown(meaning, position) && scopes.hides(meaning)) {
      problems.add(
          Problem.error(
              position,
              "inside a section over a group, a value of that group hides \"" + name + "\"",
              "close the section first"));
    }
    return meaning;
  }

  /** What a section such as <code>{{#date.long}}</code> formats like, or null for another one. */
  private ValueFormat format(Token.Open open) {
    String word = open.block().split("\\.", 2)[0];
    return open.isInverted() || scopes.isOwnName(word) ? null : MustacheFormats.of(open.block());
  }

  private void formatted(ValueFormat written, Token.Open open, List<Token> inside) {
    ValueFormat format = MustacheFormats.inCurrency(written, inside, names.currency());
    List<Token.Value> values = MustacheFormats.values(open, format, inside, problems);
    if (values.isEmpty()) {
      return;
    }
    Token.Value value = values.get(0);
    Meaning meaning = known(value.code(), value.position());
    if (check.isShowable(meaning, value.position())) {
      check.format(format, meaning, value.position());
    }
    List<Use> uses = new ArrayList<>(List.of(use(meaning, value.position())));
    String argument = format.argument();
    if (values.size() == 2) {
      Meaning currency = known(values.get(1).code(), values.get(1).position());
      uses.add(use(currency, values.get(1).position()));
      argument = MustacheFormats.NAMED + currency.path();
    }
    read.add(
        new Token.Value(
            MustacheFormats.code(format.kind(), argument, meaning.path()),
            Token.Form.Escaped,
            List.copyOf(uses),
            open.position()));
  }
}
