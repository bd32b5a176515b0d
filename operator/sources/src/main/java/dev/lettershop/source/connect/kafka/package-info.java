/**
 * Reads the messages of a Kafka topic, up to where it ends when the reading begins.
 *
 * <p>A {@code ProfileSource}'s {@code spec.kafka} comes in, records go out; it knows nothing of the
 * store. The offsets that count are those that the store keeps with the rows; the consumer group's
 * are written behind them, for people and their dashboards.
 */
package dev.lettershop.source.connect.kafka;
