package dev.lettershop.template.html.check;

import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What readers and filters see first: subject and preheader. */
public final class SubjectCheck {
  /** About what phones show of a subject. */
  private static final int SUBJECT = 60;

  private static final int PREHEADER = 130;
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#\\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});");
  private static final Pattern ANSWER =
      Pattern.compile("(?i)^\\s*(re|fwd?|aw|wg)\\s*:.*", Pattern.DOTALL);
  private static final Pattern SHOUT =
      Pattern.compile(".*\\b\\p{Lu}{4,}\\b\\W+\\b\\p{Lu}{4,}\\b.*", Pattern.DOTALL);
  private static final Pattern MARKS =
      Pattern.compile(".*(!{2,}|\\?{2,}|[$€£]{2,}|!.*!.*!).*", Pattern.DOTALL);

  private SubjectCheck() {}

  /**
   * @param subject literal text only, tags left out
   */
  public static List<Problem> subject(String subject) {
    List<Problem> problems = new ArrayList<>();
    int length = subject.strip().codePointCount(0, subject.strip().length());
    if (length > SUBJECT) {
      hint(
          problems,
          "subject-length",
          "the subject has " + length + " characters without its tags, and phones show about 40",
          "put what matters first, and stay below " + SUBJECT);
    }
    if (ANSWER.matcher(subject).matches()) {
      problems.add(
          new Problem(
              Severity.Warning,
              new Position(1, 1),
              "the subject pretends to be an answer",
              "remove what stands before the colon: readers and filters mind",
              "subject-style"));
    }
    Matcher entity = ENTITY.matcher(subject);
    if (entity.find()) {
      problems.add(
          new Problem(
              Severity.Warning,
              new Position(1, 1),
              "the subject has " + entity.group() + ", and shows it as it is: it is not HTML",
              "write the character itself",
              "subject-style"));
    }
    if (SHOUT.matcher(subject).matches()) {
      hint(problems, "subject-style", "the subject shouts in capitals", "write it in normal case");
    }
    if (MARKS.matcher(subject).matches()) {
      hint(
          problems,
          "subject-style",
          "the subject has more punctuation than a person would write",
          "one exclamation mark is enough");
    }
    return problems;
  }

  /**
   * @param preheader literal text only, tags left out
   */
  public static List<Problem> preheader(String preheader) {
    List<Problem> problems = new ArrayList<>();
    int length = preheader.strip().codePointCount(0, preheader.strip().length());
    if (length > PREHEADER) {
      hint(
          problems,
          "preheader-length",
          "the preheader has " + length + " characters, and clients show 40 to " + PREHEADER,
          "put what matters first");
    }
    return problems;
  }

  private static void hint(List<Problem> problems, String check, String message, String fix) {
    problems.add(new Problem(Severity.Info, new Position(1, 1), message, fix, check));
  }
}
