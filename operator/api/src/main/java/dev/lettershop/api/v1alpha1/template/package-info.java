/** EmailTemplate: its texts, translations, slots and partials. */
package dev.lettershop.api.v1alpha1.template;
