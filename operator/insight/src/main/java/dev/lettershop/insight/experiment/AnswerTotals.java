package dev.lettershop.insight.experiment;

/**
 * What the people of one variant did by a look.
 *
 * @param sent mails that went out
 * @param answers people who did what is compared
 * @param value sum of what that was worth
 * @param squares sum of the squares of what it was worth for each of them
 */
public record AnswerTotals(long sent, long answers, double value, double squares) {

  double rate() {
    return sent == 0 ? 0 : (double) answers / sent;
  }

  double mean() {
    return sent == 0 ? 0 : value / sent;
  }

  /** Worth by mail, those included who brought nothing. */
  Sample sample() {
    double mean = mean();
    return new Sample(sent, mean, Math.max(0, (squares - sent * mean * mean) / (sent - 1)));
  }
}
