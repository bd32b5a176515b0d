package dev.lettershop.rule.evaluate;

import dev.lettershop.rule.ast.Clock;
import dev.lettershop.rule.ast.DatePart;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.Limits;
import dev.lettershop.rule.ast.Truth;
import dev.lettershop.rule.evaluate.Evaluation.Read;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Dates and times of day in memory, as {@link Expr.CalendarPart} defines them. */
final class Calendar {
  private Calendar() {}

  static Read part(Expr.CalendarPart calendar, Read timestamp, Read zone) {
    DatePart part = calendar.part();
    return frame -> {
      LocalDateTime shown = shown(frame, (Instant) timestamp.of(frame), zone);
      return shown == null ? null : (Long) (long) part(part, shown);
    };
  }

  static Evaluation.Test anniversary(Expr.Anniversary anniversary, Read timestamp, Read zone) {
    int days = anniversary.days();
    return frame -> {
      LocalDateTime moment = shown(frame, (Instant) timestamp.of(frame), null);
      LocalDateTime now = moment == null ? null : shown(frame, frame.now, zone);
      return now == null
          ? Truth.Unknown
          : Truth.of(isAnniversary(moment.toLocalDate(), now.toLocalDate(), days));
    };
  }

  private static boolean isAnniversary(LocalDate day, LocalDate today, int days) {
    LocalDate first = today.plusDays(Math.min(0, days));
    LocalDate last = today.plusDays(Math.max(0, days));
    int years = first.getYear() - day.getYear();
    return falls(day, years, first, last) || falls(day, years + 1, first, last);
  }

  private static boolean falls(LocalDate day, int years, LocalDate first, LocalDate last) {
    if (years < 1) {
      return false;
    }
    LocalDate anniversary = day.plusYears(years);
    return !anniversary.isBefore(first) && !anniversary.isAfter(last);
  }

  /**
   * @param zone null for UTC
   */
  private static LocalDateTime shown(Frame frame, Instant moment, Read zone) {
    if (moment == null || !Limits.inCalendarRange(moment)) {
      return null;
    }
    if (zone == null) {
      return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
    String name = (String) zone.of(frame);
    Optional<Clock> clock = name == null ? Optional.empty() : Clock.of(name);
    return clock.map(known -> known.at(moment)).orElse(null);
  }

  private static int part(DatePart part, LocalDateTime shown) {
    return switch (part) {
      case FullYear -> shown.getYear();
      case Month -> shown.getMonthValue() - 1;
      case Date -> shown.getDayOfMonth();
      case DayOfMonth -> shown.getDayOfMonth() - 1;
      case DayOfWeek -> shown.getDayOfWeek().getValue() % 7;
      case DayOfYear -> shown.getDayOfYear() - 1;
      case Hours -> shown.getHour();
      case Minutes -> shown.getMinute();
      case Seconds -> shown.getSecond();
      case Milliseconds -> shown.getNano() / 1_000_000;
    };
  }
}
