package dev.lettershop.source.connect.mongodb;

/**
 * Up to where a collection has been read.
 *
 * @param id the last {@code _id} in extended JSON, in an object; null before the first document
 * @param token of the change stream, in extended JSON; null without one
 * @param since seconds of the server's clock from which changes are new, where it gave no token
 * @param following whether all documents have been read, and changes are what is new
 */
record MongodbPosition(String id, String token, Long since, boolean following) {
  static final MongodbPosition START = new MongodbPosition(null, null, null, false);

  /** Whether it is known from where changes are new. */
  boolean hasBeginning() {
    return token != null || since != null;
  }
}
