/**
 * Records bounces and complaints, and suppresses the addresses that they are about. What came back
 * from which delivery comes in; how messages are read and classified must not be known here.
 */
package dev.lettershop.store.bounce;
