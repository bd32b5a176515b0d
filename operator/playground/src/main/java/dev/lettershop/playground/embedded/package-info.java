/**
 * {@code --embedded}: a database and an inbox that belong to a project, with what they held before.
 *
 * <p>A folder of manifests comes in; servers, and the resources with these servers in them, go out.
 * Knows nothing of what is run with them.
 */
package dev.lettershop.playground.embedded;
