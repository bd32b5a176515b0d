package dev.lettershop.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void text_has_no_white_space_around_it_and_keeps_what_is_inside() {
    assertThat(PlainText.of("\uFEFF \u00a0\u2007New\u00a0York\u202f\u200b\r\n"))
        .isEqualTo("New\u00a0York");
    assertThat(PlainText.of("\u202a+49 171\u202c")).isEqualTo("+49 171");
    assertThat(PlainText.of("")).isEmpty();
    assertThat(PlainText.of("\u3000\u2060")).isEmpty();
  }

  @Test
  void text_is_in_composed_characters() {
    assertThat(PlainText.of("Zoe\u0308")).isEqualTo("Zo\u00eb");
    assertThat(PlainText.of("\u212bngstr\u00f6m")).isEqualTo("\u00c5ngstr\u00f6m");
    assertThat(PlainText.of("\u1112\u1161\u11ab")).isEqualTo("\ud55c");
  }

  @Test
  void a_line_has_plain_spaces_and_nothing_that_nobody_sees() {
    assertThat(PlainText.line("A\u00a01\u200b7\tb")).isEqualTo("A 17 b");
    assertThat(PlainText.line("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"))
        .as("a joiner inside of a word")
        .contains("\u200c");
  }

  @Test
  void blank_is_what_shows_nothing() {
    assertThat(PlainText.isBlank(" \u00a0\u2007\u202f\u200b\ufeff\t")).isTrue();
    assertThat(PlainText.isBlank(" . ")).isFalse();
    assertThat(PlainText.isBlank("\0")).isFalse();
  }
}
