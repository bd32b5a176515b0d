/**
 * Resources as people read them: the tables that {@code kubectl get} prints and the page that
 * {@code kubectl describe} prints. Pure: JSON and the present moment come in, text comes out.
 */
package dev.lettershop.playground.view;
