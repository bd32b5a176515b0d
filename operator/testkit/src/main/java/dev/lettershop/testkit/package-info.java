/** What tests of several modules share. Nothing here is in an image. */
package dev.lettershop.testkit;
