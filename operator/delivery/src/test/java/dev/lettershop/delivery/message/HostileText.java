package dev.lettershop.delivery.message;

import java.util.Random;

/** Text such as nobody should send and somebody will. */
final class HostileText {
  private static final String[] PIECES = {
    "a",
    "Hello",
    " ",
    "  ",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\0",
    ".",
    "..",
    "\n.\n",
    "\r\n.\r\n",
    "\n..",
    "From ",
    "\nFrom me",
    "=",
    "=?UTF-8?Q?x?=",
    "=?",
    "?=",
    "--",
    "\n--=_",
    "\"",
    "\\",
    "<",
    ">",
    ",",
    ";",
    ":",
    "@",
    "_",
    "é",
    "ß",
    "漢字",
    "مرحبا",
    "שלום",
    "\u202e",
    "\u200f",
    "😀",
    "👩‍👩‍👧‍👦",
    "\ud83d",
    "\ude00",
    "\u2028",
    "\u0085",
    "\u0007",
    "\u007f",
    "\ufeff",
    "longword".repeat(12),
    "x".repeat(1200),
    "ü".repeat(50),
    "😀".repeat(30),
    "Subject: x",
    "\r\nBcc: eve@example.com",
    "trailing \n",
    "\t\n",
    "=3D",
    "=\n"
  };

  private HostileText() {}

  static String of(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    int wanted = random.nextInt(longest);
    boolean mostlyPlain = random.nextBoolean();
    while (text.length() < wanted) {
      text.append(
          mostlyPlain && random.nextInt(10) > 0
              ? (char) (' ' + random.nextInt(95))
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** What a reader should see: CRLF lines, no NUL, no half characters. */
  static String asLines(String text) {
    // NUL is dropped after line ends are found, so that CR NUL LF are two of them.
    String marked = text.replace("\r\n", "\n").replace('\r', '\n');
    StringBuilder lines = new StringBuilder();
    marked
        .codePoints()
        .filter(character -> character != 0)
        .forEach(
            character ->
                lines.appendCodePoint(
                    character >= 0xD800 && character <= 0xDFFF ? 0xFFFD : character));
    return lines.toString().replace("\n", "\r\n");
  }
}
