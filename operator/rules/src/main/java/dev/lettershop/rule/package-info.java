/**
 * The rule language: CEL text is parsed, checked against a store's schema and lowered to {@link
 * dev.lettershop.rule.ast.Expr}, the small typed form that both engines (in memory here, SQL in the
 * store) work from. Text and schema come in, rules and problems go out; nothing here knows about
 * resources, files, databases or the clock.
 *
 * <p>The language is a part of CEL:
 *
 * <ul>
 *   <li>{@code profile.<attribute>}, {@code now}, {@code has(profile.<attribute>)}, constants;
 *   <li>{@code == != < <= > >= && || ! ?:}, {@code in} with a list of constants or a StringList; an
 *       Integer constant may stand where a Double is compared, and the other way round;
 *   <li>{@code + - * /} on numbers of one type, {@code %} on Integers, {@code +} on Strings,
 *       moments plus and minus constant durations, the difference of moments compared with a
 *       duration;
 *   <li>{@code contains startsWith endsWith matches lowerAscii upperAscii trim size int double
 *       string timestamp duration};
 *   <li>{@code events("name")} and {@code events("name", duration("24h"))} with {@code exists
 *       exists_one all filter size}, and {@code map(e, figure)} ended by {@code sum min max avg};
 *       an event has its properties and {@code occurred_at}. A StringList has {@code exists},
 *       {@code all} and {@code size};
 *   <li>{@code inSegment("name")}.
 * </ul>
 *
 * <p>What is missing is unknown, see {@link dev.lettershop.rule.ast.Truth} and {@link
 * dev.lettershop.rule.ast.Expr}; bounds that keep engines alike are in {@link
 * dev.lettershop.rule.ast.Limits}. What CEL has beyond that is refused with a reason.
 */
package dev.lettershop.rule;
