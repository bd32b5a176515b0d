/** Golden files and tables for what becomes of observations: statuses, next runs, obstacles. */
package dev.lettershop.controller.status;
