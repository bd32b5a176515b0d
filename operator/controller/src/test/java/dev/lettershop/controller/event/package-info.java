/** Which changes become Events, and how these reach an API server. */
package dev.lettershop.controller.event;
