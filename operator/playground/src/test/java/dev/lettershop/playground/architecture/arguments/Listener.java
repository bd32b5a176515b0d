package dev.lettershop.playground.architecture.arguments;

/** Takes eight values. */
record Listener(int a, int b, int c, int d, int e, int f, int g, int h) {}
