package dev.lettershop.template;

import dev.lettershop.diagnostic.Position;

/** A piece of a Mustache source. Comments are no tokens: they are left out. */
sealed interface Token {

  /** Where the piece begins in the field that is being compiled. */
  Position position();

  /** The same piece at another place, as when a partial is put in place of its tag. */
  Token movedTo(Position position);

  /** Text that stands for itself. */
  record Literal(String text, Position position) implements Token {
    @Override
    public Literal movedTo(Position position) {
      return new Literal(text, position);
    }
  }

  /** How a value is made fit for its place in HTML; text and subject take it as it is. */
  enum Form {
    /** {@code {{name}}}: escaped for HTML. */
    Escaped,
    /** {@code {{{name}}}} and {@code {{&name}}}: as it is. */
    Unescaped,
    /** {@code {{name}}} inside an address: percent-encoded, in HTML and in text. */
    InUrl
  }

  /** Shows a value. */
  record Value(String name, Form form, Position position) implements Token {
    @Override
    public Value movedTo(Position position) {
      return new Value(name, form, position);
    }
  }

  /** Begins a section. */
  record Open(String name, boolean inverted, Position position) implements Token {
    @Override
    public Open movedTo(Position position) {
      return new Open(name, inverted, position);
    }
  }

  /** Ends a section. */
  record Close(String name, Position position) implements Token {
    @Override
    public Close movedTo(Position position) {
      return new Close(name, position);
    }
  }

  /** Stands for another template. */
  record Partial(String name, Position position) implements Token {
    @Override
    public Partial movedTo(Position position) {
      return new Partial(name, position);
    }
  }
}
