/** Reconciles EmailTemplates: checks what they say. Nothing is made from them. */
package dev.lettershop.controller.template;
