package dev.lettershop.collector.pages;

import java.util.List;

/** A page that only says something. */
record MessagePage(List<String> paragraphs) {}
