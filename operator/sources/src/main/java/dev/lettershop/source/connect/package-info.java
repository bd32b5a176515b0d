/**
 * What every connector is: something that is opened at a position and then read record by record,
 * and that can say at any moment where it would have to be opened to go on.
 *
 * <p>The position is stored by the reader's caller, in the transaction of the records before it. A
 * connector keeps nothing itself, so that it can be killed at any moment. It knows neither the
 * store nor what becomes of its records.
 */
package dev.lettershop.source.connect;
