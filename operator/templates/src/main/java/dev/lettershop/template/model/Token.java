package dev.lettershop.template.model;

import dev.lettershop.diagnostic.Position;
import java.util.List;

/**
 * A piece of a template, whatever its language. Comments are no tokens: they are left out. What is
 * inside a tag is kept as code of the template's language, with names in full; what a tag depends
 * on is kept beside it, so that checks need not know the language.
 */
public sealed interface Token {

  /**
   * Begins the path of an address that a template put together itself, with its values encoded: it
   * leads where the author wrote.
   */
  String CAPTURED = "captured.";

  /** Where the piece begins in the field that is being compiled. */
  Position position();

  /** The same piece at another place, as when a partial is put in place of its tag. */
  Token movedTo(Position position);

  /** What the tag shows or asks about; empty for text. */
  List<Use> uses();

  /** Calls the method for the kind of token. */
  <T> T accept(TokenVisitor<T> visitor);

  /**
   * A value that a tag shows or asks about.
   *
   * @param path full name, such as {@code profile.city}
   * @param guarded whether nothing is wrong when it is absent: the tag only asks, stands where
   *     somebody has asked before, or says itself what to show instead
   */
  record Use(String path, boolean guarded) {
    public boolean isPersonal() {
      return path.startsWith("profile.") || path.startsWith("events.");
    }

    /**
     * Whether the value is data. Slots and links are written by the author, and may hold several
     * parts of an address.
     */
    public boolean isData() {
      return isPersonal()
          || path.startsWith(Names.RECOMMENDATIONS + ".")
          || path.startsWith(CAPTURED)
          || path.equals("campaign.name");
    }
  }

  /**
   * Text that stands for itself.
   *
   * @param moved whether {@code position} is that of the tag which the text replaces
   */
  record Literal(String text, Position position, boolean moved) implements Token {
    public Literal(String text, Position position) {
      this(text, position, false);
    }

    @Override
    public Literal movedTo(Position position) {
      return new Literal(text, position, true);
    }

    @Override
    public <T> T accept(TokenVisitor<T> visitor) {
      return visitor.literal(this);
    }

    @Override
    public List<Use> uses() {
      return List.of();
    }
  }

  /** How a value is made fit for its place in HTML; text and subject take it as it is. */
  enum Form {
    /** Escaped for HTML. */
    Escaped,
    /** As it is. */
    Unescaped,
    /** Escaped for HTML, and with its line breaks as elements. */
    Lines,
    /** As it is in a variable, and made fit for its place where that is shown. */
    Plain,
    /** HTML that the template put together, with its values escaped already. */
    Fragment,
    /** Inside an address: percent-encoded, in HTML and in text. */
    Url,
    /** A whole address: nothing when its scheme is not one that mails lead to. */
    Address,
    /** The number in {@code tel:} and {@code sms:}, as RFC 3966 writes it. */
    Phone,
    /** A mailbox in {@code mailto:}, as RFC 6068 writes it. */
    Mailbox,
    /** Digits only, as {@code https://wa.me/} wants a number. */
    Digits;

    /** Whether the value is encoded for an address. */
    public boolean isForAddress() {
      return switch (this) {
        case Escaped, Unescaped, Lines, Plain, Fragment -> false;
        case Url, Address, Phone, Mailbox, Digits -> true;
      };
    }
  }

  /**
   * Shows a value.
   *
   * @param code expression of the template's language
   * @param encoded whether the expression percent-encodes the value itself
   */
  record Value(String code, Form form, List<Use> uses, boolean encoded, Position position)
      implements Token {
    public Value(String code, Form form, Position position) {
      this(code, form, List.of(), position);
    }

    public Value(String code, Form form, List<Use> uses, Position position) {
      this(code, form, uses, false, position);
    }

    @Override
    public Value movedTo(Position position) {
      return new Value(code, form, uses, encoded, position);
    }

    @Override
    public <T> T accept(TokenVisitor<T> visitor) {
      return visitor.value(this);
    }

    /** The same value, made fit for another place. */
    public Value in(Form other) {
      return new Value(code, other, uses, encoded, position);
    }

    public boolean isPersonal() {
      return uses.stream().anyMatch(Use::isPersonal);
    }

    public boolean isData() {
      return uses.stream().anyMatch(Use::isData);
    }
  }

  /**
   * Begins a block: what is inside may be shown once, several times or not at all.
   *
   * @param block what the closing tag names
   * @param code inside of the tag
   */
  record Open(String block, String code, List<Use> uses, Position position) implements Token {
    /** Whether what is inside is for when there is no value, in Mustache. */
    public boolean isInverted() {
      return code.startsWith("^");
    }

    @Override
    public Open movedTo(Position position) {
      return new Open(block, code, uses, position);
    }

    @Override
    public <T> T accept(TokenVisitor<T> visitor) {
      return visitor.open(this);
    }
  }

  /** Divides a block: what comes after is shown in place of what came before. */
  record Middle(String block, String code, List<Use> uses, Position position) implements Token {
    @Override
    public Middle movedTo(Position position) {
      return new Middle(block, code, uses, position);
    }

    @Override
    public <T> T accept(TokenVisitor<T> visitor) {
      return visitor.middle(this);
    }
  }

  /** Ends a block. */
  record Close(String block, Position position) implements Token {
    @Override
    public Close movedTo(Position position) {
      return new Close(block, position);
    }

    @Override
    public <T> T accept(TokenVisitor<T> visitor) {
      return visitor.close(this);
    }

    @Override
    public List<Use> uses() {
      return List.of();
    }
  }

  /**
   * Stands in no block and for no value of the context.
   *
   * @param shows whether it shows something, as a counter does and an assignment does not
   */
  record Statement(String code, boolean shows, List<Use> uses, Position position) implements Token {
    /** One that shows nothing. */
    public Statement(String code, List<Use> uses, Position position) {
      this(code, false, uses, position);
    }

    @Override
    public Statement movedTo(Position position) {
      return new Statement(code, shows, uses, position);
    }

    @Override
    public <T> T accept(TokenVisitor<T> visitor) {
      return visitor.statement(this);
    }
  }

  /** Stands for another template. */
  record Partial(String name, Position position) implements Token {
    @Override
    public Partial movedTo(Position position) {
      return new Partial(name, position);
    }

    @Override
    public <T> T accept(TokenVisitor<T> visitor) {
      return visitor.partial(this);
    }

    @Override
    public List<Use> uses() {
      return List.of();
    }
  }
}
